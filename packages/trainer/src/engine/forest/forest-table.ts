import type { BinnedMatrix, ColumnBins, RowTargets } from "../dtypes.ts";
import * as header from "./header.ts";
import type { ForestKernel } from "./kernel.ts";

/** Most columns, and most bins of each, of rows that are held in planes: a bit a column and code. */
const PLANE_COLUMNS = 32;
const PLANE_BINS = 4;

/** Rows that are handed to the kernel at a time. */
const ROWS_AT_ONCE = 4096;

/** Whether the kernel can hold a table's rows in planes. */
export function fitsPlanes({ columns }: BinnedMatrix): boolean {
  return (
    columns.length <= PLANE_COLUMNS &&
    columns.every(({ valueBins, hasMissing }) => valueBins + Number(hasMissing) <= PLANE_BINS)
  );
}

/** Hands a table to an empty kernel: the rows in planes, or else a byte a column. O(rows * columns). */
export function giveTable(kernel: ForestKernel, binned: BinnedMatrix, inPlanes: boolean): void {
  const { data, rows, cols } = binned.codes;
  const { words } = kernel;
  const stride = inPlanes ? 16 : 16 * Math.ceil(cols / 16);
  words[header.COLUMNS] = cols;
  words[header.ROWS] = rows;
  words[header.STRIDE] = stride;
  words[header.IS_PLANES] = inPlanes ? 1 : 0;
  giveColumns(kernel, binned.columns);
  words[header.TABLE] = kernel.reserve(rows * stride);
  kernel.borrow(ROWS_AT_ONCE * cols, (codes) => {
    const block = new Uint8Array(kernel.buffer, codes, ROWS_AT_ONCE * cols);
    for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, rows - first);
      for (let column = 0; column < cols; column++) {
        const start = column * rows + first;
        block.set(data.subarray(start, start + count), column * count);
      }
      kernel.run.takeRows(first, count, codes);
    }
  });
}

function giveColumns(kernel: ForestKernel, columns: readonly ColumnBins[]): void {
  const at = kernel.reserve(16 * columns.length);
  kernel.words[header.COLUMN_BINS] = at;
  columns.forEach((bins, column) => {
    const isNumeric = bins.kind === "numeric";
    const values = isNumeric ? kernel.reserve(16 * bins.valueBins) : 0;
    if (isNumeric) {
      const both = new Float64Array(kernel.buffer, values, 2 * bins.valueBins);
      both.set(bins.lowest.subarray(0, bins.valueBins));
      both.set(bins.highest.subarray(0, bins.valueBins), bins.valueBins);
    }
    new Int32Array(kernel.buffer, at + 16 * column, 4).set([
      bins.valueBins,
      (isNumeric ? 0 : 1) + (bins.hasMissing ? 2 : 0),
      values,
      values + 8 * bins.valueBins,
    ]);
  });
}

/** Hands the rows' targets to the kernel, which must have room for them. Returns whether they are whole numbers. */
export function giveTargets(kernel: ForestKernel, { sum, weight }: RowTargets): boolean {
  kernel.borrow(16 * ROWS_AT_ONCE, (sums) => {
    const weights = sums + 8 * ROWS_AT_ONCE;
    const sumBlock = new Float64Array(kernel.buffer, sums, ROWS_AT_ONCE);
    const weightBlock = new Float64Array(kernel.buffer, weights, ROWS_AT_ONCE);
    for (let first = 0; first < sum.length; first += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, sum.length - first);
      sumBlock.set(sum.subarray(first, first + count));
      weightBlock.set(weight.subarray(first, first + count));
      kernel.run.takeTargets(first, count, sums, weights);
    }
  });
  return kernel.run.packTargets() === 1;
}
