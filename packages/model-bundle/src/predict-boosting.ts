import type { RowMajorF64 } from "@gillnet/entity";
import type { BoostingModel } from "./bundle.ts";
import { sumTrees } from "./sum-trees.ts";

/**
 * The logistic function of the initial score and the scaled sum of the trees' answers, added in the order
 * of the trees.
 *
 * @param model validated, or straight from the trainer.
 * @param matrix as many columns as the model has inputs.
 * @returns one probability a row, from 0 to 1. O(rows * trees * depth).
 */
export function predictBoosting(model: BoostingModel, matrix: RowMajorF64): Float64Array {
  const { initial, scale } = model;
  return sumTrees(model.trees, matrix).map((sum) => 1 / (1 + Math.exp(-(initial + scale * sum))));
}
