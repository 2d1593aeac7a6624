import type { RowMajorF64 } from "@gillnet/entity";

import type { BinnedMatrix, ColumnBins } from "./dtypes.ts";
import { firstAtLeast } from "./fit-bins.ts";
import { sharedU8 } from "./shared-memory.ts";

/**
 * Codes the rows that the bins were fitted on: one byte a cell, column by column, in shared memory.
 * A missing cell has its column's last bin. O(rows * log bins) a column.
 */
export function applyBins(x: RowMajorF64, columns: readonly ColumnBins[]): BinnedMatrix {
  const { data, rows, cols } = x;
  const codes = sharedU8(rows * cols);
  const binStart = new Int32Array(cols + 1);
  columns.forEach((bins, column) => {
    binStart[column + 1] =
      (binStart[column] as number) + bins.valueBins + (bins.hasMissing ? 1 : 0);
    const start = column * rows;
    for (let row = 0; row < rows; row++) {
      const value = data[row * cols + column] as number;
      codes[start + row] = Number.isNaN(value)
        ? bins.valueBins
        : bins.kind === "numeric"
          ? firstAtLeast(bins.highest, value)
          : (bins.binOfCode[value] as number);
    }
  });
  return { codes: { data: codes, rows, cols }, columns, binStart };
}
