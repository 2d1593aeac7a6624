import type { InputFeature } from "@gillnet/model-bundle";

import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { CategoricalBins, ColumnBins, NumericBins, RowMajorNumbers } from "./dtypes.ts";
import { findFewValues } from "./few-values.ts";
import { hashRows } from "./row-hashes.ts";
import { SORT_COUNTS } from "./rows/header.ts";
import { RowKernel } from "./rows/row-kernel.ts";
import { inOrder } from "./sort-by-key.ts";

/** Rows that the bins of a column of many values are cut from, about; of fewer all are taken. */
const MOST_SAMPLED = 200_000;

/**
 * Chooses the bins of every column from the training rows.
 *
 * A numeric column with at most 254 distinct values gets one bin a value, so binning loses nothing; one with
 * more gets up to 254 bins of about equal weight, and a value that is heavy by itself gets its own. When the rows
 * stand for more than 200,000, they are cut from a sample of about that many: the rows whose content has the
 * lowest hashes, so the order of the rows does not matter, and equal rows are in or out together. A
 * categorical column gets a bin a category, or, with more than 254 categories, a bin for each of the 253
 * heaviest (ties by lowest code) and one that the others share.
 *
 * Labels have no part in it. A row of weight 3 counts as three rows.
 *
 * @param x missing is NaN; a categorical column holds its codes. Rows may repeat when their weights are whole
 * @param weight one a row of `x`, positive; null when all are 1
 * @param features the columns' kinds, in the order of `x`
 * @param weightUnit what one row weighs on average; 1 when all weights are integers
 * @returns one value a column. O(rows) each
 */
export function fitBins(
  x: RowMajorNumbers,
  weight: Float64Array | null,
  features: readonly InputFeature[],
  weightUnit = 1,
): readonly ColumnBins[] {
  const few = findFewValues(x, features);
  const many = Array.from(features.keys()).filter(
    (column) => features[column]?.kind === "numeric" && few[column]?.values === null,
  );
  const cut = manyBins(x, many, weight, weightUnit);
  return features.map((feature, column): ColumnBins => {
    if (feature.kind === "categorical") {
      return fitCategoricalBins(x, column, weight, feature.categories.length);
    }
    const { values, hasMissing } = few[column] as (typeof few)[number];
    return values === null
      ? { kind: "numeric", hasMissing, ...(cut.get(column) as ValueBins) }
      : { kind: "numeric", hasMissing, valueBins: values.length, lowest: values, highest: values };
  });
}

type ValueBins = Pick<NumericBins, "valueBins" | "lowest" | "highest">;

/** Columns whose sampled numbers are gathered at a time: so rows are read a few times, not once a column. */
const BATCH = 8;

/** Cuts columns of many values into bins of about equal weight. */
function manyBins(
  x: RowMajorNumbers,
  columns: readonly number[],
  weight: Float64Array | null,
  weightUnit: number,
): ReadonlyMap<number, ValueBins> {
  const bins = new Map<number, ValueBins>();
  if (columns.length === 0) return bins;
  const sample = sampleRows(x, weight, weightUnit);
  const n = sample.length;
  RowKernel.use((kernel) => {
    const atValues = kernel.reserve(Math.min(BATCH, columns.length) * n * 8);
    const atWeights = kernel.reserve(n * 8);
    const atSums = kernel.reserve(n * 8);
    const entries = kernel.reserve(2 * n * 16);
    const counts = kernel.reserve(SORT_COUNTS * 4);
    const weights = kernel.f64(atWeights, n).fill(1);
    if (weight !== null) {
      for (let i = 0; i < n; i++) weights[i] = weight[sample[i] as number] as number;
    }
    for (let start = 0; start < columns.length; start += BATCH) {
      const batch = columns.slice(start, start + BATCH);
      gather(x, sample, batch, kernel.f64(atValues, batch.length * n));
      batch.forEach((column, k) => {
        const values = atValues + k * n * 8;
        const distinct = kernel.run.sortNumbers(values, atWeights, n, atSums, entries, counts);
        bins.set(column, quantileBins(kernel.f64(values, distinct), kernel.f64(atSums, distinct)));
      });
    }
  });
  return bins;
}

/** OUT `cells`: the numbers of some rows, column by column. */
function gather(
  { data, cols }: RowMajorNumbers,
  rows: Int32Array,
  columns: readonly number[],
  cells: Float64Array,
): void {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const row = (rows[i] as number) * cols;
    for (let k = 0, to = i; k < columns.length; k++, to += n) {
      cells[to] = data[row + (columns[k] as number)] as number;
    }
  }
}

/** The rows that bins are cut from, ascending. */
function sampleRows(
  x: RowMajorNumbers,
  weight: Float64Array | null,
  weightUnit: number,
): Int32Array {
  let total = weight === null ? x.rows : 0;
  if (weight !== null) for (let row = 0; row < x.rows; row++) total += weight[row] as number;
  const standFor = total / weightUnit;
  if (standFor <= MOST_SAMPLED) return inOrder(x.rows);
  const sample = rowsBelow(x, MOST_SAMPLED / standFor);
  // A handful of distinct rows may all have high hashes.
  return sample.length > 0 ? sample : inOrder(x.rows);
}

/** The rows whose hashes are in the lowest `share` of all numbers, ascending. */
function rowsBelow(x: RowMajorNumbers, share: number): Int32Array {
  const bound = share * 4294967296;
  let sample = new Int32Array(Math.ceil(1.1 * share * x.rows));
  let count = 0;
  hashRows(x, (start, hashes) => {
    if (count + hashes.length > sample.length) {
      const larger = new Int32Array(2 * sample.length + hashes.length);
      larger.set(sample);
      sample = larger;
    }
    for (let i = 0; i < hashes.length; i++) {
      sample[count] = start + i;
      count += Number((hashes[i] as number) < bound);
    }
  });
  return sample.subarray(0, count);
}

/** Cuts ascending `values` into bins that each take their share of the weight that is left. */
function quantileBins(values: Float64Array, valueWeight: Float64Array): ValueBins {
  const lowest: number[] = [values[0] as number];
  const highest: number[] = [];
  let weightLeft = 0;
  for (let i = 0; i < values.length; i++) weightLeft += valueWeight[i] as number;
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
  x: RowMajorNumbers,
  column: number,
  weight: Float64Array | null,
  categories: number,
): CategoricalBins {
  const { data, rows, cols } = x;
  const codeWeight = new Float64Array(categories);
  let hasMissing = false;
  for (let row = 0; row < rows; row++) {
    const code = data[row * cols + column] as number;
    if (Number.isNaN(code)) hasMissing = true;
    else
      codeWeight[code] =
        (codeWeight[code] as number) + (weight === null ? 1 : (weight[row] as number));
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
