import type { RowMajorF64 } from "@gillnet/entity";

import type { RowMajorNumbers } from "../engine/dtypes.ts";
import { RowBlocks } from "../engine/rows/row-blocks.ts";
import { RowKernel } from "../engine/rows/row-kernel.ts";
import { sharedF64 } from "../engine/shared-memory.ts";
import { ALL_BITS, HashedRows } from "./hashed-rows.ts";

/** The distinct rows of a matrix, in an order that hangs on their content alone. */
export interface DistinctRows {
  /** Equal numbers have equal bits: no -0, and one NaN only. In shared memory. */
  readonly x: RowMajorF64;
  /** For each row of the matrix, its index in `x`. */
  readonly indexOf: Int32Array;
}

/** Rows that are gathered at a time. */
const BLOCK = 512;

/**
 * Finds the distinct rows: -0 is 0, and one NaN is like another. The result is the same, `indexOf` apart, in whatever
 * order the rows come. O(cells).
 *
 * @param matrix its first `cols` columns count
 * @param hashMask which bits of the rows' hashes are looked at: for tests, any will do
 */
export function distinctRows(
  matrix: RowMajorNumbers,
  cols: number = matrix.cols,
  hashMask: number = ALL_BITS,
): DistinctRows {
  const { rows, cols: width, data } = matrix;
  return RowKernel.use((kernel) => {
    const blocks = new RowBlocks(kernel, matrix);
    const plain = kernel.reserve(blocks.size * cols * 8);
    const hashed = new HashedRows(kernel, rows, hashMask);
    blocks.forEach((start, count) => {
      kernel.run.plainNumbers(blocks.at, count, width, cols, plain);
      hashed.add(plain, start, count, 2 * cols);
    });
    const { first, indexOf } = hashed.distinct((a, b) => compare(data, a * width, b * width, cols));
    return { x: gather(kernel, matrix, first, cols), indexOf };
  });
}

/** The first columns of some rows, as plain numbers. */
function gather(
  kernel: RowKernel,
  { data, cols: width }: RowMajorNumbers,
  rows: Int32Array,
  cols: number,
): RowMajorF64 {
  const x = { data: sharedF64(rows.length * cols), rows: rows.length, cols };
  const at = kernel.reserve(BLOCK * cols * 8);
  const block = kernel.f64(at, BLOCK * cols);
  for (let start = 0; start < rows.length; start += BLOCK) {
    const count = Math.min(BLOCK, rows.length - start);
    copyRows(data, width, rows.subarray(start, start + count), block, cols);
    kernel.run.plainNumbers(at, count, cols, cols, at);
    x.data.set(block.subarray(0, count * cols), start * cols);
  }
  return x;
}

/** OUT `block`: the first columns of some rows, one row after the other. */
function copyRows(
  data: RowMajorNumbers["data"],
  width: number,
  rows: Int32Array,
  block: Float64Array,
  cols: number,
): void {
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] as number) * width;
    block.set(data.subarray(from, from + cols), at * cols);
  }
}

/** Compares rows by the bits of their plain numbers, as 32-bit words one after the other: the lower one first. */
function compare(data: RowMajorNumbers["data"], a: number, b: number, cols: number): number {
  for (let i = a, j = b, end = a + cols; i < end; i++, j++) {
    const x = data[i] as number;
    const y = data[j] as number;
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const [lowX, highX] = wordsOf(x);
    const [lowY, highY] = wordsOf(y);
    return lowX === lowY ? highX - highY : lowX - lowY;
  }
  return 0;
}

function wordsOf(value: number): readonly [low: number, high: number] {
  const bits = new Uint32Array(Float64Array.of(Number.isNaN(value) ? NaN : value + 0).buffer);
  return [bits[0] as number, bits[1] as number];
}
