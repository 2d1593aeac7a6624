import type { RowMajorF64 } from "@gillnet/entity";
import type { NetworkLayer, NetworkModel } from "./bundle.ts";

/** Where a unit's size is cut, so that a cell far out cannot overflow a sum. Single precision holds it too. */
export const MAX_UNIT = 1e30;

/**
 * The logistic function of the last layer's output. Every output starts from its bias and adds its inputs' terms
 * in the order of the inputs.
 *
 * @param model validated, or straight from the trainer.
 * @param matrix as many columns as the model has inputs; a cell of a categorical column is a code of its
 *   feature or NaN.
 * @returns one probability a row, from 0 to 1, whatever the cells. O(rows * weights).
 */
export function predictNetwork(model: NetworkModel, matrix: RowMajorF64): Float64Array {
  const { layers, unitValue } = model;
  const units = new Float64Array(unitValue.length);
  const outputs = layers.map(({ bias }) => new Float64Array(bias.length));
  const probabilities = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    fillUnits(model, matrix, row, units);
    let inputs: Float64Array = units;
    for (let layer = 0; layer < layers.length; layer++) {
      const sums = outputs[layer] as Float64Array;
      if (layer > 0) cutNegative(inputs);
      addTerms(layers[layer] as NetworkLayer, inputs, sums);
      inputs = sums;
    }
    probabilities[row] = 1 / (1 + Math.exp(-(inputs[0] as number)));
  }
  return probabilities;
}

/** What each unit is for one row. */
function fillUnits(
  { unitStart, center, scale, unitValue }: NetworkModel,
  { data, cols }: RowMajorF64,
  row: number,
  units: Float64Array,
): void {
  units.fill(0);
  for (let column = 0; column < cols; column++) {
    const x = data[row * cols + column] as number;
    if (Number.isNaN(x)) continue;
    const start = unitStart[column] as number;
    const end = unitStart[column + 1] as number;
    const spread = scale[column] as number;
    if (spread > 0) {
      const unit = (x - (center[column] as number)) / spread;
      units[start] = Math.max(-MAX_UNIT, Math.min(MAX_UNIT, unit));
    } else if (end - start > 1 && unitValue[start] === unitValue[start + 1]) {
      // A numeric column's values ascend, so these are categories. A single one needs no such test: its value is
      // 0, and so is its code.
      units[start + x] = 1;
    } else {
      for (let unit = start; unit < end; unit++) units[unit] = unitValue[unit] === x ? 1 : 0;
    }
  }
}

function cutNegative(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i] as number);
}

/**
 * Sets `sums` to a layer's outputs. Four inputs at a time, which reads and writes each sum a fourth as often, in the
 * order of the inputs still. Where all four are 0, as most units of categories are, they add nothing.
 */
function addTerms({ weights, bias }: NetworkLayer, inputs: Float64Array, sums: Float64Array): void {
  const nOutputs = bias.length;
  sums.set(bias);
  let i = 0;
  for (; i + 4 <= inputs.length; i += 4) {
    const a = inputs[i] as number;
    const b = inputs[i + 1] as number;
    const c = inputs[i + 2] as number;
    const d = inputs[i + 3] as number;
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const startA = i * nOutputs;
    const startB = startA + nOutputs;
    const startC = startB + nOutputs;
    const startD = startC + nOutputs;
    for (let o = 0; o < nOutputs; o++) {
      sums[o] =
        (sums[o] as number) +
        a * (weights[startA + o] as number) +
        b * (weights[startB + o] as number) +
        c * (weights[startC + o] as number) +
        d * (weights[startD + o] as number);
    }
  }
  for (; i < inputs.length; i++) {
    const input = inputs[i] as number;
    const start = i * nOutputs;
    for (let o = 0; o < nOutputs; o++) {
      sums[o] = (sums[o] as number) + input * (weights[start + o] as number);
    }
  }
}
