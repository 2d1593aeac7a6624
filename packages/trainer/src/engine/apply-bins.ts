import { binCoder } from "./bin-coder.ts";
import type { BinnedMatrix, ColumnBins, RowMajorNumbers } from "./dtypes.ts";
import { sharedU8 } from "./shared-memory.ts";

/** Rows that are coded while they are near. */
const BLOCK = 1024;

/**
 * Codes the rows that the bins were fitted on: one byte a cell, column by column, in shared memory.
 * A missing cell has its column's last bin. O(cells).
 */
export function applyBins(x: RowMajorNumbers, columns: readonly ColumnBins[]): BinnedMatrix {
  const codes = sharedU8(x.rows * x.cols);
  writeCodes(x, columns, codes, x.rows, 1);
  return {
    codes: { data: codes, rows: x.rows, cols: x.cols },
    columns,
    binStart: binStarts(columns),
  };
}

/**
 * OUT `codes`: the bin of cell (row, column) at column * columnStep + row * rowStep.
 */
export function writeCodes(
  { data, rows, cols }: RowMajorNumbers,
  columns: readonly ColumnBins[],
  codes: Uint8Array,
  columnStep: number,
  rowStep: number,
): void {
  const coders = columns.map((bins) => binCoder(bins));
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    coders.forEach((code, column) => {
      code(
        data,
        start * cols + column,
        cols,
        end - start,
        codes,
        column * columnStep + start * rowStep,
        rowStep,
      );
    });
  }
}

/** Where each column's bins start in a histogram; one more entry holds their number. */
export function binStarts(columns: readonly ColumnBins[]): Int32Array {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach(({ valueBins, hasMissing }, column) => {
    starts[column + 1] = (starts[column] as number) + valueBins + (hasMissing ? 1 : 0);
  });
  return starts;
}
