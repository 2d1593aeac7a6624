import type { RowTargets } from "../engine/dtypes.ts";
import { ascendingOrder } from "../engine/ascending-order.ts";

/** What a threshold gives: rows of at least this probability count as positive. */
export interface ThresholdPoint {
  readonly threshold: number;
  readonly recall: number;
  readonly falsePositiveRate: number;
  /** Share of positives among the rows predicted so. */
  readonly precision: number;
}

/**
 * The points of the ROC curve from the strictest threshold to the mildest, one a distinct probability; when
 * there are more than `most`, about evenly many of them with both ends kept. Rows of weight 0 take no part.
 */
export function thresholdPoints(
  probability: Float64Array,
  targets: RowTargets,
  most: number,
): readonly ThresholdPoint[] {
  const order = ascendingOrder(probability).filter((row) => (targets.weight[row] as number) > 0);
  let positives = 0;
  let negatives = 0;
  for (const row of order) {
    positives += targets.sum[row] as number;
    negatives += (targets.weight[row] as number) - (targets.sum[row] as number);
  }
  const points: ThresholdPoint[] = [];
  let truePositive = 0;
  let falsePositive = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i] as number;
    truePositive += targets.sum[row] as number;
    falsePositive += (targets.weight[row] as number) - (targets.sum[row] as number);
    const threshold = probability[row] as number;
    if (i > 0 && probability[order[i - 1] as number] === threshold) continue;
    points.push({
      threshold,
      recall: truePositive / positives,
      falsePositiveRate: falsePositive / negatives,
      precision: truePositive / (truePositive + falsePositive),
    });
  }
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => points[Math.round(i * step)] as ThresholdPoint);
}
