import type { ClassificationScores } from "@gillnet/entity";

import type { WorkerPool } from "../engine/pool.ts";
import { familyNamed } from "../families/registry.ts";
import type { FitPlan } from "./candidates.ts";
import type { FoldKind, ScoreTask } from "./run-task.ts";

/** One fit of the search has ended. */
export interface FitDone {
  readonly family: string;
  /** Ended and planned fits of that family. */
  readonly done: number;
  readonly of: number;
  /** The part of the whole effort that is behind. */
  readonly share: number;
}

/**
 * Scores every plan's candidates on every fold, the longest fits first.
 *
 * @param onScored called for each candidate once all of its folds are scored
 * @param onFit called after every fit
 * @returns for each candidate index, its scores fold by fold
 */
export async function crossValidate(
  pool: Pick<WorkerPool, "run">,
  plans: readonly FitPlan[],
  kind: FoldKind,
  folds: number,
  onScored: (candidate: number, scores: readonly ClassificationScores[]) => void = () => {},
  onFit: (done: FitDone) => void = () => {},
): Promise<ReadonlyMap<number, readonly ClassificationScores[]>> {
  const fits = plans.flatMap((plan) =>
    Array.from({ length: folds }, (_, fold) => ({
      plan,
      fold,
      effort: familyNamed(plan.family).effort(plan.params),
    })),
  );
  fits.sort((a, b) => b.effort - a.effort);
  const effort = fits.reduce((sum, fit) => sum + fit.effort, 0);
  const ofFamily = (family: string): number =>
    fits.filter((fit) => fit.plan.family === family).length;

  const scores = new Map<number, ClassificationScores[]>();
  const foldsLeft = new Map<FitPlan, number>(plans.map((plan) => [plan, folds]));
  const doneOf = new Map<string, number>();
  let effortDone = 0;
  await Promise.all(
    fits.map(async (fit) => {
      const { plan, fold } = fit;
      const { family, params, stages } = plan;
      const task: ScoreTask = { kind: "score", family, params, stages, folds: kind, fold };
      const byStage = await pool.run<readonly ClassificationScores[]>(task);
      plan.candidates.forEach((candidate, stage) => {
        const ofCandidate = scores.get(candidate) ?? [];
        ofCandidate[fold] = byStage[stage] as ClassificationScores;
        scores.set(candidate, ofCandidate);
      });
      const left = (foldsLeft.get(plan) as number) - 1;
      foldsLeft.set(plan, left);
      if (left === 0) {
        for (const candidate of plan.candidates) {
          onScored(candidate, scores.get(candidate) as ClassificationScores[]);
        }
      }
      effortDone += fit.effort;
      const done = (doneOf.get(family) ?? 0) + 1;
      doneOf.set(family, done);
      onFit({ family, done, of: ofFamily(family), share: effortDone / effort });
    }),
  );
  return scores;
}
