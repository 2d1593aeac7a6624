import type { InputFeature } from "@gillnet/model-bundle";

import { binStarts } from "../engine/apply-bins.ts";
import type { BinnedMatrix, RowMajorNumbers, RowTargets } from "../engine/dtypes.ts";
import { fitBins } from "../engine/fit-bins.ts";
import { packRows } from "../engine/rows/packed-rows.ts";
import type { AlikeRows, PackedRows } from "../engine/rows/packed-rows.ts";
import { RowKernel } from "../engine/rows/row-kernel.ts";
import { sharedF64, sharedU8 } from "../engine/shared-memory.ts";

/** Rows as trees see them: distinct by their codes, with weights. In shared memory. */
export interface CodedRows {
  readonly binned: BinnedMatrix;
  readonly targets: RowTargets;
}

/**
 * Codes rows and takes together those with equal codes. The result does not depend on the order of the rows.
 *
 * Besides the matrix it takes the codes, a byte a cell and less where columns of few values share one, twice when all
 * rows are distinct, and about 32 bytes a row. O(cells).
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
  const columns = fitBins(x, weights, features);
  const bins = { columns, binStart: binStarts(columns) };
  return RowKernel.use((kernel) => {
    const packed = packRows(kernel, x, bins);
    const targets = targetsOf(packed, labels, weights);
    const codes = {
      data: distinctCodes(kernel, packed, x.cols),
      rows: packed.distinct,
      cols: x.cols,
    };
    return { binned: { codes, ...bins }, targets };
  });
}

/** Sums up the rows that are alike. */
function targetsOf(
  { numbered, distinct }: AlikeRows,
  labels: Uint8Array,
  weights: Float64Array | null,
): RowTargets {
  const weight = sharedF64(distinct);
  const sum = sharedF64(distinct);
  for (let i = 0; i < numbered.length; i += 2) {
    const row = numbered[i] as number;
    const at = numbered[i + 1] as number;
    const w = weights === null ? 1 : (weights[row] as number);
    weight[at] = (weight[at] as number) + w;
    sum[at] = (sum[at] as number) + w * (labels[row] as number);
  }
  return { sum, weight };
}

/** Rows that are unpacked at a time, before they are written column by column. */
const BLOCK = 512;

/** The codes of the distinct rows, column by column. */
function distinctCodes(
  kernel: RowKernel,
  { at, stride, places, numbered, distinct, spare }: PackedRows & AlikeRows,
  cols: number,
): Uint8Array {
  const first = kernel.u32(spare, distinct);
  for (let i = numbered.length - 2; i >= 0; i -= 2) {
    first[numbered[i + 1] as number] = numbered[i] as number;
  }
  const codes = sharedU8(distinct * cols);
  const block = kernel.reserve(BLOCK * cols);
  const near = kernel.u8(block, BLOCK * cols);
  for (let start = 0; start < distinct; start += BLOCK) {
    const count = Math.min(BLOCK, distinct - start);
    const list = spare + start * 4;
    kernel.run.unpackRows(list, count, at, stride, cols, places, block, BLOCK, 1);
    for (let column = 0; column < cols; column++) {
      const from = column * BLOCK;
      codes.set(near.subarray(from, from + count), column * distinct + start);
    }
  }
  return codes;
}
