import { BinCoder } from "./bin-coder.ts";
import type { BinnedMatrix, ColumnBins, RowMajorNumbers } from "./dtypes.ts";
import { RowBlocks } from "./rows/row-blocks.ts";
import { RowKernel } from "./rows/row-kernel.ts";
import { sharedU8 } from "./shared-memory.ts";

/**
 * Codes the rows that the bins were fitted on: one byte a cell, column by column, in shared memory.
 * A missing cell has its column's last bin. O(cells).
 */
export function applyBins(x: RowMajorNumbers, columns: readonly ColumnBins[]): BinnedMatrix {
  const { rows, cols } = x;
  const codes = sharedU8(rows * cols);
  RowKernel.use((kernel) => {
    const bytes = x.data instanceof Uint8Array;
    const coder = new BinCoder(kernel, columns, bytes);
    const blocks = new RowBlocks(kernel, x, bytes);
    const at = kernel.reserve(blocks.size * cols);
    const coded = kernel.u8(at, blocks.size * cols);
    blocks.forEach((start, count) => {
      coder.code(blocks.at, count, at, blocks.size, 1);
      for (let column = 0; column < cols; column++) {
        const from = column * blocks.size;
        codes.set(coded.subarray(from, from + count), column * rows + start);
      }
    });
  });
  return { codes: { data: codes, rows, cols }, columns, binStart: binStarts(columns) };
}

/** Where each column's bins start in a histogram; one more entry holds their number. */
export function binStarts(columns: readonly ColumnBins[]): Int32Array {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach(({ valueBins, hasMissing }, column) => {
    starts[column + 1] = (starts[column] as number) + valueBins + (hasMissing ? 1 : 0);
  });
  return starts;
}
