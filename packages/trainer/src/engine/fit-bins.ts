import type { InputFeature } from "@gillnet/model-bundle";

import { ascendingOrder } from "./ascending-order.ts";
import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { CategoricalBins, ColumnBins, NumericBins, RowMajorNumbers } from "./dtypes.ts";
import { findFewValues } from "./few-values.ts";
import { rowHashes } from "./row-hashes.ts";
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
  { data, rows, cols }: RowMajorNumbers,
  columns: readonly number[],
  weight: Float64Array | null,
  weightUnit: number,
): ReadonlyMap<number, ValueBins> {
  const bins = new Map<number, ValueBins>();
  if (columns.length === 0) return bins;
  const sample = sampleRows({ data, rows, cols }, weight, weightUnit);
  const n = sample.length;
  const cells = new Float64Array(Math.min(BATCH, columns.length) * n);
  for (let start = 0; start < columns.length; start += BATCH) {
    const batch = columns.slice(start, start + BATCH);
    for (let i = 0; i < n; i++) {
      const row = (sample[i] as number) * cols;
      for (let k = 0, to = i; k < batch.length; k++, to += n) {
        cells[to] = data[row + (batch[k] as number)] as number;
      }
    }
    batch.forEach((column, k) => {
      bins.set(column, binsOfCells(cells.subarray(k * n, (k + 1) * n), sample, weight));
    });
  }
  return bins;
}

/** The rows that bins are cut from, ascending. */
function sampleRows(
  x: RowMajorNumbers,
  weight: Float64Array | null,
  weightUnit: number,
): Int32Array {
  let total = 0;
  for (let row = 0; row < x.rows; row++) total += weight === null ? 1 : (weight[row] as number);
  const all = inOrder(x.rows);
  const standFor = total / weightUnit;
  if (standFor <= MOST_SAMPLED) return all;
  const bound = (MOST_SAMPLED / standFor) * 4294967296;
  const hashes = rowHashes(x);
  const sample = new Int32Array(x.rows);
  let count = 0;
  for (let row = 0; row < x.rows; row++) {
    sample[count] = row;
    count += Number((hashes[row] as number) < bound);
  }
  // A handful of distinct rows may all have high hashes.
  return count > 0 ? sample.slice(0, count) : all;
}

/** @param cells of the sample's rows; missing is NaN */
function binsOfCells(
  cells: Float64Array,
  sample: Int32Array,
  weight: Float64Array | null,
): ValueBins {
  const present = new Int32Array(cells.length);
  const value = new Float64Array(cells.length);
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    present[count] = i;
    value[count] = cells[i] as number;
    count += Number(!Number.isNaN(cells[i]));
  }
  const order = ascendingOrder(value.subarray(0, count));
  const values = new Float64Array(count);
  const valueWeight = new Float64Array(count);
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    const at = order[i] as number;
    const next = value[at] as number;
    if (distinct === 0 || next !== values[distinct - 1]) values[distinct++] = next;
    const w = weight === null ? 1 : (weight[sample[present[at] as number] as number] as number);
    valueWeight[distinct - 1] = (valueWeight[distinct - 1] as number) + w;
  }
  return quantileBins(values.subarray(0, distinct), valueWeight.subarray(0, distinct));
}

/** Cuts ascending `values` into bins that each take their share of the weight that is left. */
function quantileBins(values: Float64Array, valueWeight: Float64Array): ValueBins {
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
