import type { RowMajorF64 } from "@gillnet/entity";
import type { AverageModel, SingleModel } from "./bundle.ts";
import { predictSingle } from "./predict-single.ts";

/**
 * The members' probabilities times their weights, added in the order of the members.
 *
 * @param model validated, or straight from the trainer.
 * @param matrix as many columns as the model has inputs.
 * @returns one probability a row, from 0 to 1: the weights may add up to a little more than 1, the sum is cut there.
 */
export function predictAverage(model: AverageModel, matrix: RowMajorF64): Float64Array {
  const { members, weights } = model;
  const sums = new Float64Array(matrix.rows);
  for (let member = 0; member < members.length; member++) {
    const weight = weights[member] as number;
    const probabilities = predictSingle(members[member] as SingleModel, matrix);
    for (let row = 0; row < sums.length; row++) {
      sums[row] = (sums[row] as number) + weight * (probabilities[row] as number);
    }
  }
  return sums.map((sum) => Math.min(1, sum));
}
