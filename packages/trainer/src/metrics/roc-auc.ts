import type { RowTargets } from "../engine/dtypes.ts";
import { ascendingOrder } from "../engine/ascending-order.ts";

/**
 * Area under the ROC curve: the share of (positive, negative) pairs, by weight, that the probability puts in
 * the right order; a tie counts half. NaN when a class is missing. O(rows).
 */
export function rocAuc(probability: Float64Array, targets: RowTargets): number {
  const order = ascendingOrder(probability);
  let pairs = 0;
  let positives = 0;
  let negatives = 0;
  let tiedPositive = 0;
  let tiedNegative = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    if (i > 0 && probability[row] !== probability[order[i - 1] as number]) {
      pairs += tiedPositive * (negatives + tiedNegative / 2);
      positives += tiedPositive;
      negatives += tiedNegative;
      tiedPositive = 0;
      tiedNegative = 0;
    }
    const positive = targets.sum[row] as number;
    tiedPositive += positive;
    tiedNegative += (targets.weight[row] as number) - positive;
  }
  pairs += tiedPositive * (negatives + tiedNegative / 2);
  positives += tiedPositive;
  negatives += tiedNegative;
  return positives > 0 && negatives > 0 ? pairs / (positives * negatives) : NaN;
}
