import type { InputFeature } from "@gillnet/model-bundle";

import { binStarts, writeCodes } from "../engine/apply-bins.ts";
import type { BinnedMatrix, RowMajorNumbers, RowTargets } from "../engine/dtypes.ts";
import { fitBins } from "../engine/fit-bins.ts";
import { sharedF64, sharedU8 } from "../engine/shared-memory.ts";
import { distinctWords } from "./distinct-words.ts";

/** Rows as trees see them: distinct by their codes, with weights. In shared memory. */
export interface CodedRows {
  readonly binned: BinnedMatrix;
  readonly targets: RowTargets;
}

/**
 * Codes rows and takes together those with equal codes. The result does not depend on the order of the rows.
 *
 * Besides the matrix it takes the codes, a byte a cell and up to three more a row, twice when all rows are distinct,
 * and about 30 bytes a row. O(cells).
 *
 * @param x checked by checkRows
 * @param weights whole numbers; null when all are 1
 */
export function codedRows(
  x: RowMajorNumbers,
  labels: Uint8Array,
  weights: Float64Array | null,
  features: readonly InputFeature[],
): CodedRows {
  const { rows, cols } = x;
  const columns = fitBins(x, weights, features);
  const width = Math.ceil(cols / 4);
  const rowCodes = new Uint8Array(4 * width * rows);
  writeCodes(x, columns, rowCodes, 1, 4 * width);
  const words = new Uint32Array(rowCodes.buffer);
  const { first, indexOf } = distinctWords(words, rows, width);

  const n = first.length;
  const weight = sharedF64(n);
  const sum = sharedF64(n);
  for (let row = 0; row < rows; row++) {
    const at = indexOf[row] as number;
    const w = weights === null ? 1 : (weights[row] as number);
    weight[at] = (weight[at] as number) + w;
    sum[at] = (sum[at] as number) + w * (labels[row] as number);
  }
  const codes = sharedU8(n * cols);
  gatherColumns(rowCodes, 4 * width, first, codes, cols);
  return {
    binned: { codes: { data: codes, rows: n, cols }, columns, binStart: binStarts(columns) },
    targets: { sum, weight },
  };
}

/** Rows that are gathered at a time, before they are written column by column. */
const BLOCK = 256;

/** OUT `codes`: the rows of `first`, column by column, from rows of `stride` bytes. */
function gatherColumns(
  rowCodes: Uint8Array,
  stride: number,
  first: Int32Array,
  codes: Uint8Array,
  cols: number,
): void {
  const n = first.length;
  const near = new Uint8Array(BLOCK * stride);
  for (let start = 0; start < n; start += BLOCK) {
    const count = Math.min(BLOCK, n - start);
    for (let i = 0; i < count; i++) {
      const from = (first[start + i] as number) * stride;
      for (let k = 0; k < stride; k++) near[i * stride + k] = rowCodes[from + k] as number;
    }
    for (let column = 0; column < cols; column++) {
      const to = column * n + start;
      for (let i = 0; i < count; i++) codes[to + i] = near[i * stride + column] as number;
    }
  }
}
