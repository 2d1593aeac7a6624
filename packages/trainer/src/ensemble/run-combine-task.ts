import type { ClassificationScores } from "@gillnet/entity";

import type { RowTargets } from "../engine/dtypes.ts";
import { scorePredictions } from "../metrics/score-predictions.ts";
import { heldOutRows } from "../selection/held-out-rows.ts";
import { THRESHOLD } from "../metrics/threshold.ts";
import type { FoldKind, SearchData } from "../selection/run-task.ts";
import { combineAnswers, fitCombination } from "./combination.ts";
import type { Combination } from "./combination.ts";

/**
 * Combine the members' answers: on all held-out rows; or, to score the combination honestly, on those of all
 * folds but one, scored on that one.
 */
export interface CombineTask {
  readonly kind: "combine";
  readonly method: Combination["kind"];
  readonly folds: FoldKind;
  /** For each fold, each member's answers for the rows that it holds out. In shared memory. */
  readonly answers: readonly (readonly Float64Array[])[];
  /** The fold to score on; null takes all folds and scores on none. */
  readonly fold: number | null;
}

export interface CombineResult {
  readonly combination: Combination;
  readonly scores: ClassificationScores | null;
}

/** Fits a combination, and scores it on the fold that it has not seen. */
export function runCombineTask(data: SearchData, task: CombineTask): CombineResult {
  const { method, folds, answers, fold } = task;
  const cells = data.folds[folds];
  const targets = answers.map((_, each) => heldOutRows(cells, data.x.rows, each).targets);
  const others = Array.from(answers.keys()).filter((each) => each !== fold);
  const members = Array.from(answers[0]?.keys() ?? []);
  const combination = fitCombination(
    method,
    members.map((m) => concatenated(others.map((each) => answers[each]?.[m] as Float64Array))),
    {
      sum: concatenated(others.map((each) => (targets[each] as RowTargets).sum)),
      weight: concatenated(others.map((each) => (targets[each] as RowTargets).weight)),
    },
  );
  if (fold === null) return { combination, scores: null };
  const combined = combineAnswers(combination, answers[fold] as readonly Float64Array[]);
  const scores = scorePredictions(combined, targets[fold] as RowTargets, THRESHOLD);
  return { combination, scores };
}

function concatenated(arrays: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}
