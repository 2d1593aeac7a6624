import type { ClassificationScores } from "@gillnet/entity";

import type { WorkerPool } from "../engine/pool.ts";
import { sharedF64 } from "../engine/shared-memory.ts";
import { familyNamed } from "../families/registry.ts";
import type { Candidate } from "../selection/candidates.ts";
import { runFits } from "../selection/run-fits.ts";
import type { FitsContext } from "../selection/run-fits.ts";
import type { FoldKind, PredictTask } from "../selection/run-task.ts";
import type { Combination } from "./combination.ts";
import type { CombineResult, CombineTask } from "./run-combine-task.ts";

/** A combination fitted on the members' answers for all rows, each from a fit that had not seen the row. */
export interface CrossFit {
  readonly combination: Combination;
  /** Fold by fold, of a combination fitted on the other folds' answers. */
  readonly foldScores: readonly ClassificationScores[];
}

/** Combines candidates, and scores the combination honestly. All work is done in the pool. */
export async function crossFit(
  pool: Pick<WorkerPool, "run">,
  members: readonly Candidate[],
  method: Combination["kind"],
  kind: FoldKind,
  folds: number,
  context: FitsContext,
): Promise<CrossFit> {
  const fits = members.flatMap(({ family, params }, member) =>
    Array.from({ length: folds }, (_, fold) => {
      const task: PredictTask = { kind: "predict", family, params, folds: kind, fold };
      return { family, params, task, member, fold };
    }),
  );
  const effortOf = ({ family, params }: Candidate): number => familyNamed(family).effort(params);
  fits.sort((a, b) => effortOf(b) - effortOf(a));
  const answers = Array.from({ length: folds }, (): Float64Array[] => []);
  await runFits(
    pool,
    fits,
    context,
    () => true,
    (index, result) => {
      const { member, fold } = fits[index] as (typeof fits)[number];
      const answer = result as Float64Array;
      const shared = sharedF64(answer.length);
      shared.set(answer);
      (answers[fold] as Float64Array[])[member] = shared;
    },
  );
  const combine = (fold: number | null): Promise<CombineResult> => {
    const task: CombineTask = { kind: "combine", method, folds: kind, answers, fold };
    return pool.run<CombineResult>(task);
  };
  const [whole, ...byFold] = await Promise.all([
    combine(null),
    ...answers.map((_, fold) => combine(fold)),
  ]);
  return {
    combination: whole.combination,
    foldScores: byFold.map(({ scores }) => scores as ClassificationScores),
  };
}
