import type { RowMajorF64 } from "@gillnet/entity";
import type { LogisticModel } from "./bundle.ts";

/** Where a term's size is cut, so that opposite overflows never meet as Infinity - Infinity. */
const MAX_TERM = 1e300;

/**
 * The logistic function of the intercept and the columns' terms, added in the order of the columns.
 *
 * @param model validated, or straight from the trainer.
 * @param matrix as many columns as the model has inputs.
 * @returns one probability a row, from 0 to 1, whatever the cells. O(rows * columns).
 */
export function predictLogistic(model: LogisticModel, matrix: RowMajorF64): Float64Array {
  const { intercept, start, coefficients, center, scale } = model;
  const { data, rows, cols } = matrix;
  const probabilities = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let score = intercept;
    for (let column = 0; column < cols; column++) {
      const x = data[row * cols + column] as number;
      if (Number.isNaN(x)) continue;
      const first = start[column] as number;
      const spread = scale[column] as number;
      if (spread === 0) score += coefficients[first + x] as number;
      else {
        const term = ((coefficients[first] as number) * (x - (center[column] as number))) / spread;
        // 0 * Infinity: a coefficient of 0 says that the column does not matter, however far out.
        if (!Number.isNaN(term)) score += Math.max(-MAX_TERM, Math.min(MAX_TERM, term));
      }
    }
    probabilities[row] = 1 / (1 + Math.exp(-score));
  }
  return probabilities;
}
