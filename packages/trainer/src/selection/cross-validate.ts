import type { ClassificationScores } from "@gillnet/entity";

import type { WorkerPool } from "../engine/pool.ts";
import { familyNamed } from "../families/registry.ts";
import type { FitPlan } from "./candidates.ts";
import type { FoldKind, ScoreTask } from "./run-task.ts";

/** A fit of the search has ended, or several side by side. */
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
      effort: plan.fits.reduce(
        (sum, { params }) => sum + familyNamed(plan.family).effort(params),
        0,
      ),
    })),
  );
  fits.sort((a, b) => b.effort - a.effort);
  const effort = fits.reduce((sum, fit) => sum + fit.effort, 0);
  const ofFamily = (family: string): number =>
    fits.reduce((sum, { plan }) => sum + (plan.family === family ? plan.fits.length : 0), 0);

  const scores = new Map<number, ClassificationScores[]>();
  const foldsLeft = new Map<FitPlan, number>(plans.map((plan) => [plan, folds]));
  const doneOf = new Map<string, number>();
  let effortDone = 0;
  await Promise.all(
    fits.map(async (fit) => {
      const { plan, fold } = fit;
      const { family } = plan;
      const served = plan.fits.flatMap(({ candidates }) => candidates);
      const wanted = plan.fits.map(({ params, stages }) => ({ params, stages }));
      const task: ScoreTask = { kind: "score", family, fits: wanted, folds: kind, fold };
      const found = await pool.run<readonly ClassificationScores[]>(task);
      served.forEach((candidate, at) => {
        const ofCandidate = scores.get(candidate) ?? [];
        ofCandidate[fold] = found[at] as ClassificationScores;
        scores.set(candidate, ofCandidate);
      });
      const left = (foldsLeft.get(plan) as number) - 1;
      foldsLeft.set(plan, left);
      if (left === 0) {
        for (const candidate of served) {
          onScored(candidate, scores.get(candidate) as ClassificationScores[]);
        }
      }
      effortDone += fit.effort;
      const done = (doneOf.get(family) ?? 0) + plan.fits.length;
      doneOf.set(family, done);
      onFit({ family, done, of: ofFamily(family), share: effortDone / effort });
    }),
  );
  return scores;
}
