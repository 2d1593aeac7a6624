import type { ClassificationScores, ConfusionCounts } from "@gillnet/entity";

import type { RowTargets } from "../engine/dtypes.ts";

/**
 * Sums of weights by true and predicted class.
 *
 * @param probability of the positive class, one a row
 * @param targets weights of all and of the positive rows, one a row
 * @param threshold a row is predicted positive when its probability is at least this
 */
export function confusionOf(
  probability: Float64Array,
  targets: RowTargets,
  threshold: number,
): ConfusionCounts {
  let [truePositive, falsePositive, trueNegative, falseNegative] = [0, 0, 0, 0];
  for (let row = 0; row < probability.length; row++) {
    const positive = targets.sum[row] as number;
    const negative = (targets.weight[row] as number) - positive;
    if ((probability[row] as number) >= threshold) {
      truePositive += positive;
      falsePositive += negative;
    } else {
      falseNegative += positive;
      trueNegative += negative;
    }
  }
  return { truePositive, falsePositive, trueNegative, falseNegative };
}

/** The scores that follow from the counts alone; a share of nothing is 0. */
export function scoresOfCounts(
  counts: ConfusionCounts,
): Omit<ClassificationScores, "rocAuc" | "logLoss"> {
  const { truePositive, falsePositive, trueNegative, falseNegative } = counts;
  return {
    accuracy: share(truePositive + trueNegative, falsePositive + falseNegative),
    precision: share(truePositive, falsePositive),
    recall: share(truePositive, falseNegative),
    f1: share(2 * truePositive, falsePositive + falseNegative),
    falsePositiveRate: share(falsePositive, trueNegative),
  };
}

/** The same counts with the negative class taken for the positive one. */
export function swapClasses(counts: ConfusionCounts): ConfusionCounts {
  return {
    truePositive: counts.trueNegative,
    falsePositive: counts.falseNegative,
    trueNegative: counts.truePositive,
    falseNegative: counts.falsePositive,
  };
}

function share(part: number, rest: number): number {
  return part > 0 ? part / (part + rest) : 0;
}
