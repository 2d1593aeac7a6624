import { margins, weightedSums } from "./logistic-design.ts";
import type { LogisticDesign } from "./logistic-design.ts";
import type { ConvexObjective } from "./newton-cg.ts";

/**
 * Up to this many parameters the second derivative is kept as a matrix: its products then cost next to
 * nothing, against a pass over all rows each. Beyond it the matrix would cost more than it saves.
 */
const MOST_MATRIX_PARAMETERS = 128;

/**
 * The mean log loss plus the L2 penalty of all parameters but the intercept, as Newton's method wants it:
 * (sum of weight * loss) / W + |coefficients|^2 / (2 C W), W being the total weight.
 */
export function penalisedLogLoss(design: LogisticDesign, c: number): ConvexObjective {
  const { rows, parameters, weight, positive } = design;
  const total = weight.reduce((sum, w) => sum + w, 0);
  const penalty = 1 / (c * total);
  const margin = new Float64Array(rows);
  const amount = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const withMatrix = parameters <= MOST_MATRIX_PARAMETERS;
  const matrix = new Float64Array(withMatrix ? parameters * parameters : 0);

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

    curvatureDiagonal(diagonal) {
      if (withMatrix) {
        fillCurvature(design, curvature, matrix);
        for (let k = 0; k < parameters; k++) diagonal[k] = matrix[k * parameters + k] as number;
      } else {
        squaredSums(design, curvature, diagonal);
      }
      for (let k = 1; k < parameters; k++) diagonal[k] = (diagonal[k] as number) + penalty;
      // Margins beyond 700 leave the intercept no curvature at all.
      diagonal[0] = Math.max(diagonal[0] as number, 1e-300);
    },

    curvatureTimes(vector, product) {
      if (withMatrix) {
        timesMatrix(matrix, vector, product);
      } else {
        margins(design, vector, amount);
        for (let row = 0; row < rows; row++) {
          amount[row] = (amount[row] as number) * (curvature[row] as number);
        }
        weightedSums(design, amount, product);
      }
      for (let k = 1; k < parameters; k++) {
        product[k] = (product[k] as number) + penalty * (vector[k] as number);
      }
    },
  };
}

/** Rows that fillCurvature adds at a time: one load and store of a cell for all of them. */
const BLOCK = 4;

/** OUT `matrix`, row-major and symmetric: sum over rows of curvature * inputs * inputs'. */
function fillCurvature(
  design: LogisticDesign,
  curvature: Float64Array,
  matrix: Float64Array,
): void {
  const n = design.parameters;
  const inputs = new Float64Array(BLOCK * n);
  matrix.fill(0);
  for (let row = 0; row < design.rows; row += BLOCK) {
    inputs.fill(0);
    const rows = Math.min(BLOCK, design.rows - row);
    for (let k = 0; k < rows; k++) setInputs(design, row + k, inputs, k * n);
    const d0 = curvature[row] as number;
    // Past the last row the inputs are 0, whatever the curvature.
    const d1 = curvature[row + 1] ?? 0;
    const d2 = curvature[row + 2] ?? 0;
    const d3 = curvature[row + 3] ?? 0;
    for (let i = 0; i < n; i++) {
      const a0 = d0 * (inputs[i] as number);
      const a1 = d1 * (inputs[n + i] as number);
      const a2 = d2 * (inputs[2 * n + i] as number);
      const a3 = d3 * (inputs[3 * n + i] as number);
      for (let j = 0, cell = i * n; j <= i; j++, cell++) {
        matrix[cell] =
          (matrix[cell] as number) +
          a0 * (inputs[j] as number) +
          a1 * (inputs[n + j] as number) +
          a2 * (inputs[2 * n + j] as number) +
          a3 * (inputs[3 * n + j] as number);
      }
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j] as number;
  }
}

/** Writes one row's inputs, the intercept's 1 first, to `inputs` from `start`; zeros must be there. */
function setInputs(design: LogisticDesign, row: number, inputs: Float64Array, start: number): void {
  const { numeric, numericParameter, categoryParameter, categoricalColumns } = design;
  const nNumeric = numericParameter.length;
  inputs[start] = 1;
  for (let j = 0; j < nNumeric; j++) {
    inputs[start + (numericParameter[j] as number)] = numeric[row * nNumeric + j] as number;
  }
  for (let j = 0; j < categoricalColumns; j++) {
    const k = categoryParameter[row * categoricalColumns + j] as number;
    if (k >= 0) inputs[start + k] = 1;
  }
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

function timesMatrix(matrix: Float64Array, vector: Float64Array, product: Float64Array): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    product[i] = sum;
  }
}
