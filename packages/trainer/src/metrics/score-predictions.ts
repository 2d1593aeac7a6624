import type { ClassificationScores } from "@gillnet/entity";

import type { RowTargets } from "../engine/dtypes.ts";
import { confusionOf, scoresOfCounts } from "./confusion.ts";
import { logLoss } from "./log-loss.ts";
import { rocAuc } from "./roc-auc.ts";

/** All scores of some predictions. Arguments as in confusionOf. */
export function scorePredictions(
  probability: Float64Array,
  targets: RowTargets,
  threshold: number,
): ClassificationScores {
  return {
    ...scoresOfCounts(confusionOf(probability, targets, threshold)),
    rocAuc: rocAuc(probability, targets),
    logLoss: logLoss(probability, targets),
  };
}

/** The scores' names, in their order. */
export const SCORE_NAMES: readonly (keyof ClassificationScores)[] = [
  "accuracy",
  "precision",
  "recall",
  "f1",
  "falsePositiveRate",
  "rocAuc",
  "logLoss",
];

/** Each score's mean over several results. */
export function meanScores(all: readonly ClassificationScores[]): ClassificationScores {
  const mean = (name: keyof ClassificationScores): number =>
    all.reduce((sum, scores) => sum + scores[name], 0) / all.length;
  return {
    accuracy: mean("accuracy"),
    precision: mean("precision"),
    recall: mean("recall"),
    f1: mean("f1"),
    falsePositiveRate: mean("falsePositiveRate"),
    rocAuc: mean("rocAuc"),
    logLoss: mean("logLoss"),
  };
}
