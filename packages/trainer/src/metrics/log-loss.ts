import type { RowTargets } from "../engine/dtypes.ts";

/** Probabilities are kept this far from 0 and 1, so that one sure mistake costs 34.5 and not infinity. */
const PROBABILITY_CLIP = 1e-15;

/** What a positive and a negative row of this probability cost, in nats. */
export function lossOfPositive(probability: number): number {
  return -Math.log(Math.min(1 - PROBABILITY_CLIP, Math.max(PROBABILITY_CLIP, probability)));
}

export function lossOfNegative(probability: number): number {
  return lossOfPositive(1 - probability);
}

/** Weighted mean of -log of the probability given to the true class. Rows of weight 0 take no part. */
export function logLoss(probability: Float64Array, targets: RowTargets): number {
  let loss = 0;
  let total = 0;
  for (let row = 0; row < probability.length; row++) {
    const p = probability[row] as number;
    const weight = targets.weight[row] as number;
    const positive = targets.sum[row] as number;
    if (positive > 0) loss += positive * lossOfPositive(p);
    if (weight > positive) loss += (weight - positive) * lossOfNegative(p);
    total += weight;
  }
  return loss / total;
}
