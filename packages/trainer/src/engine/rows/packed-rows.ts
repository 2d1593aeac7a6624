import { BinCoder } from "../bin-coder.ts";
import { digitsOf, groupColumns } from "../column-groups.ts";
import type { ColumnGroup } from "../column-groups.ts";
import type { BinnedMatrix, PackedCodes, RowMajorNumbers } from "../dtypes.ts";
import * as H from "./header.ts";
import { RowBlocks } from "./row-blocks.ts";
import type { RowKernel } from "./row-kernel.ts";

/** Rows of codes in a kernel's memory, in which columns of few bins share a byte. */
export interface PackedRows extends PackedCodes {
  readonly rows: number;
  /** Address of where each column's code is: PLACE_BYTES a column. */
  readonly places: number;
}

/** Which rows are alike. */
export interface AlikeRows {
  /** A row, then the number of its content; in the order of those numbers, then of the rows. */
  readonly numbered: Uint32Array;
  /** How many different ones there are. */
  readonly distinct: number;
  /** Address of room for 8 bytes a row, for who works on. */
  readonly spare: number;
}

type Bins = Pick<BinnedMatrix, "columns" | "binStart">;

/** All bits of a hash. */
const ALL_BITS = 0xffffffff;

/**
 * Codes and packs rows, and numbers those that differ in an order that hangs on their codes alone: that of their
 * hashes, equal hashes in order of their codes. O(cells).
 *
 * @param hashMask which bits of the hashes are looked at: for tests, any will do
 */
export function codeRows(
  kernel: RowKernel,
  x: RowMajorNumbers,
  bins: Bins,
  hashMask: number = ALL_BITS,
): PackedRows & AlikeRows {
  const { rows, cols } = x;
  const groups = groupColumns(bins);
  const stride = 8 * Math.ceil(groups.length / 8);
  // First, so that what follows can be given up.
  const packed = kernel.reserve(rows * stride);
  const pairs = kernel.reserve(rows * 8);
  const other = kernel.reserve(rows * 8);
  const places = writePlaces(kernel, bins, groups);
  const bytes = x.data instanceof Uint8Array;
  const coder = new BinCoder(kernel, bins.columns, bytes);
  const blocks = new RowBlocks(kernel, x, bytes);
  const codeStride = 8 * Math.ceil(cols / 8);
  const codes = kernel.reserve(blocks.size * codeStride);
  kernel.u8(codes, blocks.size * codeStride).fill(0);
  blocks.forEach((start, count) => {
    coder.code(blocks.at, count, codes, 1, codeStride);
    const words = Math.ceil(cols / 4);
    kernel.run.hashWords(codes, count, codeStride, words, pairs + start * 8, start, hashMask);
    kernel.run.packRows(codes, count, codeStride, cols, places, packed + start * stride, stride);
  });
  const counts = kernel.reserve(H.SORT_COUNTS * 4);
  const sorted = kernel.run.sortPairs(pairs, other, rows, counts);
  const packedRows = { memory: kernel.memory, rows, at: packed, stride, places };
  sortUnlikeRuns(kernel, packedRows, cols, sorted);
  const distinct = kernel.run.numberRuns(sorted, rows, packed, stride);
  const spare = sorted === pairs ? other : pairs;
  return { ...packedRows, numbered: kernel.u32(sorted, 2 * rows), distinct, spare };
}

function writePlaces(kernel: RowKernel, bins: Bins, groups: readonly ColumnGroup[]): number {
  const places = kernel.reserve(bins.columns.length * H.PLACE_BYTES);
  for (const { column, group, radix, bins: count } of digitsOf(bins, groups)) {
    const at = places + column * H.PLACE_BYTES;
    const words = kernel.u32(at, H.PLACE_DIGITS / 4);
    words[H.PLACE_BYTE / 4] = group;
    words[H.PLACE_RADIX / 4] = radix;
    words[H.PLACE_BINS / 4] = count;
    kernel.run.writeDigits(at);
  }
  return places;
}

/** Where rows of equal hashes differ, sorts them by their codes: so that those that are alike stand together. */
function sortUnlikeRuns(
  kernel: RowKernel,
  { rows, at, stride, places }: PackedRows,
  cols: number,
  sorted: number,
): void {
  const find = (from: number): number => kernel.run.findUnlikeRun(sorted, from, rows, at, stride);
  const pairs = kernel.u32(sorted, 2 * rows);
  const list = kernel.reserve(8);
  const codes = kernel.reserve(cols);
  const codesOf = (row: number): Uint8Array => {
    kernel.u32(list, 1)[0] = row;
    kernel.run.unpackRows(list, 1, at, stride, cols, places, codes, 1, 1);
    return kernel.u8(codes, cols).slice();
  };
  for (let start = find(0); start < rows;) {
    let end = start + 1;
    while (end < rows && pairs[2 * end + 1] === pairs[2 * start + 1]) end++;
    const run = Array.from({ length: end - start }, (_, i) => {
      const row = pairs[2 * (start + i)] as number;
      return { row, codes: codesOf(row) };
    });
    run.sort((a, b) => compareCodes(a.codes, b.codes) || a.row - b.row);
    run.forEach(({ row }, i) => (pairs[2 * (start + i)] = row));
    start = find(end);
  }
}

/** Compares codes as numbers of 32 bits, little-endian, one after the other. */
function compareCodes(a: Uint8Array, b: Uint8Array): number {
  for (let start = 0; start < a.length; start += 4) {
    for (let column = Math.min(start + 3, a.length - 1); column >= start; column--) {
      const difference = (a[column] as number) - (b[column] as number);
      if (difference !== 0) return difference;
    }
  }
  return 0;
}
