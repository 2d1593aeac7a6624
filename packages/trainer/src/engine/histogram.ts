import type { BinnedMatrix, RowTargets } from "./dtypes.ts";

/*
 * A histogram holds two doubles a bin, [sum, weight], the bins of all columns one after the other as
 * `BinnedMatrix.binStart` says: cell 2 * (binStart[column] + bin).
 */

/** A zeroed histogram over all columns. */
export function createHistogram(binned: BinnedMatrix): Float64Array {
  return new Float64Array(2 * (binned.binStart[binned.binStart.length - 1] as number));
}

/**
 * Fills the histograms of some columns from some rows.
 *
 * @param features IN: columns to build, `features[0..count)`
 * @param rows IN: row indices; rows[start..end) are counted
 * @param histogram OUT: the cells of those columns are overwritten, the others left alone
 *
 * O((end - start) * count). Columns go in fours: one column at a time waits for its own last store whenever
 * two rows fall into one bin (measured 4 to 7 ns an update against 1.3 to 2).
 */
export function buildHistogram(
  binned: BinnedMatrix,
  targets: RowTargets,
  features: Int32Array,
  count: number,
  rows: Int32Array,
  start: number,
  end: number,
  histogram: Float64Array,
): void {
  const { sum, weight } = targets;
  const codes = binned.codes.data;
  const height = binned.codes.rows;
  const binStart = binned.binStart;
  for (let i = 0; i < count; i++) {
    const feature = features[i] as number;
    const last = 2 * (binStart[feature + 1] as number);
    for (let cell = 2 * (binStart[feature] as number); cell < last; cell++) histogram[cell] = 0;
  }
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const fa = features[i] as number;
    const fb = features[i + 1] as number;
    const fc = features[i + 2] as number;
    const fd = features[i + 3] as number;
    const ca = fa * height;
    const cb = fb * height;
    const cc = fc * height;
    const cd = fd * height;
    const ha = 2 * (binStart[fa] as number);
    const hb = 2 * (binStart[fb] as number);
    const hc = 2 * (binStart[fc] as number);
    const hd = 2 * (binStart[fd] as number);
    for (let k = start; k < end; k++) {
      const row = rows[k] as number;
      const s = sum[row] as number;
      const w = weight[row] as number;
      const a = ha + 2 * (codes[ca + row] as number);
      const b = hb + 2 * (codes[cb + row] as number);
      const c = hc + 2 * (codes[cc + row] as number);
      const d = hd + 2 * (codes[cd + row] as number);
      histogram[a] = (histogram[a] as number) + s;
      histogram[b] = (histogram[b] as number) + s;
      histogram[c] = (histogram[c] as number) + s;
      histogram[d] = (histogram[d] as number) + s;
      histogram[a + 1] = (histogram[a + 1] as number) + w;
      histogram[b + 1] = (histogram[b + 1] as number) + w;
      histogram[c + 1] = (histogram[c + 1] as number) + w;
      histogram[d + 1] = (histogram[d + 1] as number) + w;
    }
  }
  for (; i < count; i++) {
    const feature = features[i] as number;
    const column = feature * height;
    const first = 2 * (binStart[feature] as number);
    for (let k = start; k < end; k++) {
      const row = rows[k] as number;
      const cell = first + 2 * (codes[column + row] as number);
      histogram[cell] = (histogram[cell] as number) + (sum[row] as number);
      histogram[cell + 1] = (histogram[cell + 1] as number) + (weight[row] as number);
    }
  }
}

/** Of a bin's weight, what rounding may leave behind when all of it is taken away. */
const EMPTY_WITHIN = 1e-12;

/**
 * Turns a parent's histogram into one child's by taking away the other's, for some columns.
 *
 * Exact when weights are integers. Otherwise a bin whose weight all but vanishes is set to zero, so that no
 * bin looks filled that is not.
 *
 * @param histogram IN and OUT: the parent's, then the child's
 * @param sibling IN: the other child's
 */
export function subtractHistogram(
  binned: BinnedMatrix,
  features: Int32Array,
  count: number,
  histogram: Float64Array,
  sibling: Float64Array,
): void {
  const binStart = binned.binStart;
  for (let i = 0; i < count; i++) {
    const feature = features[i] as number;
    const last = 2 * (binStart[feature + 1] as number);
    for (let cell = 2 * (binStart[feature] as number); cell < last; cell += 2) {
      const parentWeight = histogram[cell + 1] as number;
      const weight = parentWeight - (sibling[cell + 1] as number);
      const filled = weight > parentWeight * EMPTY_WITHIN;
      histogram[cell] = filled ? (histogram[cell] as number) - (sibling[cell] as number) : 0;
      histogram[cell + 1] = filled ? weight : 0;
    }
  }
}
