import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { CategoricalBins, ColumnBins, NumericBins } from "./dtypes.ts";

/**
 * Chooses the bins of every column from the training rows.
 *
 * A numeric column with at most 254 distinct values gets one bin a value, so binning loses nothing; one with
 * more gets up to 254 bins of about equal weight, and a value that is heavy by itself gets its own. A
 * categorical column gets a bin a category, or, with more than 254 categories, a bin for each of the 253
 * heaviest (ties by lowest code) and one that the others share.
 *
 * Labels have no part in it. A row of weight 3 counts as three rows.
 *
 * @param x distinct rows, missing is NaN; a categorical column holds its codes
 * @param weight one a row of `x`, positive
 * @param features the columns' kinds, in the order of `x`
 * @returns one value a column. O(rows log rows) a column with many values, O(rows) otherwise
 */
export function fitBins(
  x: RowMajorF64,
  weight: Float64Array,
  features: readonly InputFeature[],
): readonly ColumnBins[] {
  return features.map((feature, column) =>
    feature.kind === "numeric"
      ? fitNumericBins(x, column, weight)
      : fitCategoricalBins(x, column, weight, feature.categories.length),
  );
}

function fitNumericBins(x: RowMajorF64, column: number, weight: Float64Array): NumericBins {
  const { data, rows, cols } = x;
  const few = new Set<number>();
  let missing = 0;
  for (let row = 0; row < rows; row++) {
    const value = data[row * cols + column] as number;
    if (Number.isNaN(value)) missing++;
    else if (few.size <= MAX_VALUE_BINS) few.add(value);
  }
  const hasMissing = missing > 0;
  if (few.size <= MAX_VALUE_BINS) {
    const values = Float64Array.from(few).sort();
    return {
      kind: "numeric",
      valueBins: values.length,
      hasMissing,
      lowest: values,
      highest: values,
    };
  }

  const sorted = new Float64Array(rows - missing);
  let filled = 0;
  for (let row = 0; row < rows; row++) {
    const value = data[row * cols + column] as number;
    if (!Number.isNaN(value)) sorted[filled++] = value;
  }
  sorted.sort();
  let distinct = 1;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1]) sorted[distinct++] = sorted[i] as number;
  }
  const values = sorted.subarray(0, distinct);
  const valueWeight = new Float64Array(distinct);
  for (let row = 0; row < rows; row++) {
    const value = data[row * cols + column] as number;
    if (!Number.isNaN(value)) {
      const at = firstAtLeast(values, value);
      valueWeight[at] = (valueWeight[at] as number) + (weight[row] as number);
    }
  }
  return { kind: "numeric", hasMissing, ...quantileBins(values, valueWeight) };
}

/** Cuts ascending `values` into bins that each take their share of the weight that is left. */
function quantileBins(
  values: Float64Array,
  valueWeight: Float64Array,
): Pick<NumericBins, "valueBins" | "lowest" | "highest"> {
  const lowest: number[] = [values[0] as number];
  const highest: number[] = [];
  let weightLeft = valueWeight.reduce((sum, w) => sum + w, 0);
  let filled = 0;
  for (let i = 0; i < values.length; i++) {
    const binsLeft = MAX_VALUE_BINS - highest.length;
    const target = weightLeft / binsLeft;
    const w = valueWeight[i] as number;
    // Closing before the value that would overshoot by more than it would fill keeps heavy values apart.
    if (binsLeft > 1 && filled > 0 && (filled >= target || filled + w / 2 > target)) {
      highest.push(values[i - 1] as number);
      lowest.push(values[i] as number);
      weightLeft -= filled;
      filled = 0;
    }
    filled += w;
  }
  highest.push(values[values.length - 1] as number);
  return {
    valueBins: highest.length,
    lowest: Float64Array.from(lowest),
    highest: Float64Array.from(highest),
  };
}

function fitCategoricalBins(
  x: RowMajorF64,
  column: number,
  weight: Float64Array,
  categories: number,
): CategoricalBins {
  const { data, rows, cols } = x;
  const codeWeight = new Float64Array(categories);
  let hasMissing = false;
  for (let row = 0; row < rows; row++) {
    const code = data[row * cols + column] as number;
    if (Number.isNaN(code)) hasMissing = true;
    else codeWeight[code] = (codeWeight[code] as number) + (weight[row] as number);
  }
  const binOfCode = new Uint8Array(categories);
  if (categories <= MAX_VALUE_BINS) {
    for (let code = 0; code < categories; code++) binOfCode[code] = code;
    return { kind: "categorical", valueBins: categories, hasMissing, binOfCode };
  }
  const ownBins = MAX_VALUE_BINS - 1;
  const heaviest = Array.from(codeWeight.keys())
    .sort((a, b) => (codeWeight[b] as number) - (codeWeight[a] as number) || a - b)
    .slice(0, ownBins)
    .sort((a, b) => a - b);
  binOfCode.fill(ownBins);
  heaviest.forEach((code, bin) => (binOfCode[code] = bin));
  return { kind: "categorical", valueBins: MAX_VALUE_BINS, hasMissing, binOfCode };
}

/** Index of the first of ascending `values` that is at least `value`; `values.length` when none is. */
export function firstAtLeast(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
