import { margins, weightedSums } from "./logistic-design.ts";
import type { LogisticDesign } from "./logistic-design.ts";
import type { ConvexObjective } from "./newton.ts";

/**
 * The mean log loss plus the L2 penalty of all parameters but the intercept, as Newton's method wants it:
 * (sum of weight * loss) / W + |coefficients|^2 / (2 C W), W being the total weight. Its second derivative is known by
 * its products alone, a pass over all rows each.
 */
export function penalisedLogLoss(design: LogisticDesign, c: number): ConvexObjective {
  const { rows, parameters } = design;
  const { sum: positive, weight } = design.targets;
  const total = weight.reduce((sum, w) => sum + w, 0);
  const penalty = 1 / (c * total);
  const margin = new Float64Array(rows);
  const amount = new Float64Array(rows);
  const curvature = new Float64Array(rows);

  return {
    parameters,
    evaluate(at, gradient) {
      margins(design, at, margin);
      let loss = 0;
      for (let row = 0; row < rows; row++) {
        const z = margin[row] as number;
        const w = weight[row] as number;
        const y = positive[row] as number;
        // log(1 + e^z) and the sigmoid, from e^-|z| so that nothing overflows.
        const small = Math.exp(-Math.abs(z));
        const p = z >= 0 ? 1 / (1 + small) : small / (1 + small);
        loss += w * (Math.max(z, 0) + Math.log1p(small)) - y * z;
        amount[row] = (w * p - y) / total;
        curvature[row] = (w * p * (1 - p)) / total;
      }
      weightedSums(design, amount, gradient);
      let squares = 0;
      for (let k = 1; k < parameters; k++) {
        const value = at[k] as number;
        squares += value * value;
        gradient[k] = (gradient[k] as number) + penalty * value;
      }
      return loss / total + (penalty / 2) * squares;
    },
    curvature: {
      diagonal(diagonal) {
        squaredSums(design, curvature, diagonal);
        for (let k = 1; k < parameters; k++) diagonal[k] = (diagonal[k] as number) + penalty;
        // Margins beyond 700 leave the intercept no curvature at all.
        diagonal[0] = Math.max(diagonal[0] as number, 1e-300);
      },
      times(vector, product) {
        margins(design, vector, amount);
        for (let row = 0; row < rows; row++) {
          amount[row] = (amount[row] as number) * (curvature[row] as number);
        }
        weightedSums(design, amount, product);
        for (let k = 1; k < parameters; k++) {
          product[k] = (product[k] as number) + penalty * (vector[k] as number);
        }
      },
    },
  };
}

/** OUT `sums`: for each parameter, the sum over rows of curvature * input^2. */
function squaredSums(design: LogisticDesign, curvature: Float64Array, sums: Float64Array): void {
  const { numeric, numericParameter, categoryParameter, categoricalColumns } = design;
  const nNumeric = numericParameter.length;
  sums.fill(0);
  for (let row = 0; row < design.rows; row++) {
    const d = curvature[row] as number;
    sums[0] = (sums[0] as number) + d;
    for (let j = 0; j < nNumeric; j++) {
      const x = numeric[row * nNumeric + j] as number;
      const k = numericParameter[j] as number;
      sums[k] = (sums[k] as number) + d * x * x;
    }
    for (let j = 0; j < categoricalColumns; j++) {
      const k = categoryParameter[row * categoricalColumns + j] as number;
      if (k >= 0) sums[k] = (sums[k] as number) + d;
    }
  }
}
