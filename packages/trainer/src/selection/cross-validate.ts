import type { ClassificationScores } from "@gillnet/entity";

import type { WorkerPool } from "../engine/pool.ts";
import { familyNamed } from "../families/registry.ts";
import type { FitPlan } from "./candidates.ts";
import { runFits } from "./run-fits.ts";
import type { FitsContext } from "./run-fits.ts";
import type { FoldKind, ScoreTask } from "./run-task.ts";

/** On what, and under which limits, candidates are cross-validated. */
export interface CrossValidation {
  readonly kind: FoldKind;
  readonly folds: number;
  /** Share of the rows that take part, as in foldTargets. */
  readonly share: number;
  /**
   * With a limit of time: asked before each fit whether it may start; plans then go one after the other in their
   * order, the first one to its end. Else the longest fits go first.
   */
  readonly mayStart?: () => boolean;
  /** Called for each candidate once all of its folds are scored. */
  readonly onScored?: (candidate: number, scores: readonly ClassificationScores[]) => void;
}

/**
 * Scores every plan's candidates on every fold.
 *
 * @returns for each candidate index that has all folds (without a limit of time: each), its scores fold by fold
 */
export async function crossValidate(
  pool: Pick<WorkerPool, "run">,
  plans: readonly FitPlan[],
  { kind, folds, share, mayStart, onScored = () => {} }: CrossValidation,
  context: FitsContext,
): Promise<ReadonlyMap<number, readonly ClassificationScores[]>> {
  const fits = plans.flatMap((plan) =>
    Array.from({ length: folds }, (_, fold) => {
      const { family } = plan;
      const { fits } = plan;
      const task: ScoreTask = { kind: "score", family, fits, folds: kind, fold, share };
      const effort = fits.reduce((sum, { params }) => sum + familyNamed(family).effort(params), 0);
      const [{ params }] = fits;
      return { plan, fold, family, params, effort, task, required: plan === plans[0] };
    }),
  );
  if (mayStart === undefined) fits.sort((a, b) => b.effort - a.effort);
  const foldsOf = new Map<FitPlan, Map<number, readonly ClassificationScores[]>>();
  const scores = new Map<number, readonly ClassificationScores[]>();
  await runFits(pool, fits, context, mayStart ?? (() => true), (index, result) => {
    const { plan, fold } = fits[index] as (typeof fits)[number];
    const byFold = foldsOf.get(plan) ?? new Map<number, readonly ClassificationScores[]>();
    foldsOf.set(plan, byFold.set(fold, result as readonly ClassificationScores[]));
    if (byFold.size < folds) return;
    const served = plan.fits.flatMap(({ candidates }) => candidates);
    served.forEach((candidate, at) => {
      const ofCandidate = Array.from(
        { length: folds },
        (_, each) => byFold.get(each)?.[at] as ClassificationScores,
      );
      scores.set(candidate, ofCandidate);
      onScored(candidate, ofCandidate);
    });
  });
  return scores;
}
