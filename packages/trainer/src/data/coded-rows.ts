import { binStarts } from "../engine/apply-bins.ts";
import type { BinnedMatrix, ColumnBins, RowMajorNumbers, RowTargets } from "../engine/dtypes.ts";
import { codeRows } from "../engine/rows/packed-rows.ts";
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
 * Besides the matrix it takes the codes, a byte a cell and less where columns of few values share one, and about 32
 * bytes a row; and the codes column by column, unless they are asked for packed. O(cells).
 *
 * @param x checked by checkRows
 * @param columns its bins
 * @param weights whole numbers; null when all are 1
 * @param form "packed" for a single histogram fit
 * @throws PipelineError TRAINER_OUT_OF_MEMORY
 */
export function codedRows(
  x: RowMajorNumbers,
  columns: readonly ColumnBins[],
  labels: Uint8Array,
  weights: Float64Array | null,
  form: "columns" | "packed" = "columns",
): CodedRows {
  const bins = { columns, binStart: binStarts(columns) };
  const { cols } = x;
  if (form === "packed") {
    const kernel = RowKernel.take();
    const coded = codeRows(kernel, x, bins);
    const targets = targetsOf(coded, labels, weights);
    putDistinctFirst(kernel, coded);
    const { memory, at, stride, distinct: rows } = coded;
    const codes = { data: new Uint8Array(0), rows, cols };
    return { binned: { codes, packed: { memory, at, stride }, ...bins }, targets };
  }
  return RowKernel.use((kernel) => {
    const coded = codeRows(kernel, x, bins);
    const targets = targetsOf(coded, labels, weights);
    const codes = { data: distinctCodes(kernel, coded, cols), rows: coded.distinct, cols };
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

/**
 * OUT `sources`: which row comes to each place, when the first of those that are alike go to the front in order of
 * their numbers. Other rows move only where they are in the way.
 */
function placeDistinct(numbered: Uint32Array, sources: Uint32Array, distinct: number): void {
  const most = Math.min(distinct, sources.length - distinct);
  const left = new Int32Array(most);
  const inTheWay = new Int32Array(most);
  let leaving = 0;
  let displaced = 0;
  let previous = -1;
  for (let i = 0; i < numbered.length; i += 2) {
    const row = numbered[i] as number;
    const number = numbered[i + 1] as number;
    if (number !== previous) {
      sources[number] = row;
      if (row >= distinct) left[leaving++] = row;
    } else if (row >= distinct) sources[row] = row;
    else inTheWay[displaced++] = row;
    previous = number;
  }
  for (let i = 0; i < leaving; i++) sources[left[i] as number] = inTheWay[i] as number;
}

/** Moves the distinct rows, in order of their numbers, to the front of the packed ones. */
function putDistinctFirst(
  kernel: RowKernel,
  { rows, at, stride, numbered, distinct, spare }: PackedRows & AlikeRows,
): void {
  placeDistinct(numbered, kernel.u32(spare, rows), distinct);
  const places = spare + rows * 4;
  kernel.run.permuteRows(spare, rows, at, stride, places, kernel.reserve(stride));
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
