import type { RowMajorF64 } from "@gillnet/entity";
import type { SingleModel, StackingModel } from "./bundle.ts";
import { predictSingle } from "./predict-single.ts";

/** How near to 0 and 1 a member's probability may come: the log-odds of 0 and 1 are infinite. */
const MARGIN = 1e-6;

/** No member's log-odds are larger by size: ln(1e6) is 13.8. */
export const MAX_LOG_ODDS = 14;

/**
 * The logistic function of the intercept and the members' log-odds times their coefficients, added in the order
 * of the members.
 *
 * @param model validated, or straight from the trainer.
 * @param matrix as many columns as the model has inputs.
 * @returns one probability a row, from 0 to 1.
 */
export function predictStacking(model: StackingModel, matrix: RowMajorF64): Float64Array {
  const { members, intercept, coefficients } = model;
  const scores = new Float64Array(matrix.rows).fill(intercept);
  for (let member = 0; member < members.length; member++) {
    const coefficient = coefficients[member] as number;
    const probabilities = predictSingle(members[member] as SingleModel, matrix);
    for (let row = 0; row < scores.length; row++) {
      const p = Math.max(MARGIN, Math.min(1 - MARGIN, probabilities[row] as number));
      scores[row] = (scores[row] as number) + coefficient * Math.log(p / (1 - p));
    }
  }
  return scores.map((score) => 1 / (1 + Math.exp(-score)));
}
