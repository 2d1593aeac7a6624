import { SORT_COUNTS } from "../engine/rows/header.ts";
import { RowKernel } from "../engine/rows/row-kernel.ts";

/** The distinct ones among rows of 32-bit words. */
export interface DistinctWords {
  /** For each distinct row, the first row that is like it; in an order that hangs on the rows' words alone. */
  readonly first: Int32Array;
  /** For each row, its index in `first`. */
  readonly indexOf: Int32Array;
}

/** Words that are hashed at a time. */
const BLOCK_WORDS = 2 ** 15;

/** All bits of a hash. */
const ALL_BITS = 0xffffffff;

/**
 * Finds the distinct rows by sorting the rows by their hashes, equal hashes by their words: so the result is the same,
 * but for which row is `first`, in whatever order the rows come. O(words).
 *
 * @param words row by row, `width` each
 * @param hashMask which bits of the hashes are looked at: for tests, any will do
 */
export function distinctWords(
  words: Uint32Array,
  rows: number,
  width: number,
  hashMask: number = ALL_BITS,
): DistinctWords {
  return RowKernel.use((kernel) => {
    const pairs = kernel.u32(sortedByHash(kernel, words, rows, width, hashMask), 2 * rows);
    const indexOf = new Int32Array(rows);
    const first = new Int32Array(rows);
    let count = 0;
    for (let start = 0; start < rows;) {
      const hash = pairs[2 * start + 1];
      let end = start + 1;
      let areAlike = true;
      for (; end < rows && pairs[2 * end + 1] === hash; end++) {
        areAlike &&=
          compare(words, pairs[2 * start] as number, pairs[2 * end] as number, width) === 0;
      }
      if (!areAlike) sortByWords(pairs.subarray(2 * start, 2 * end), words, width);
      for (let at = start; at < end; at++) {
        const row = pairs[2 * at] as number;
        const isNew =
          at === start ||
          (!areAlike && compare(words, pairs[2 * at - 2] as number, row, width) !== 0);
        if (isNew) first[count++] = row;
        indexOf[row] = count - 1;
      }
      start = end;
    }
    return { first: first.slice(0, count), indexOf };
  });
}

/** The address of pairs of a row and its hash, by hash and then by row. */
function sortedByHash(
  kernel: RowKernel,
  words: Uint32Array,
  rows: number,
  width: number,
  hashMask: number,
): number {
  const size = Math.max(1, Math.floor(BLOCK_WORDS / Math.max(1, width)));
  const block = kernel.reserve(size * width * 4);
  const cells = kernel.u32(block, size * width);
  const pairs = kernel.reserve(rows * 8);
  const other = kernel.reserve(rows * 8);
  const counts = kernel.reserve(SORT_COUNTS * 4);
  for (let start = 0; start < rows; start += size) {
    const count = Math.min(size, rows - start);
    cells.set(words.subarray(start * width, (start + count) * width));
    kernel.run.hashWords(block, count, width * 4, width, pairs + start * 8, start, hashMask);
  }
  return kernel.run.sortPairs(pairs, other, rows, counts);
}

/** Sorts pairs of equal hashes by the rows' words, then by row. */
function sortByWords(pairs: Uint32Array, words: Uint32Array, width: number): void {
  const run = Array.from({ length: pairs.length / 2 }, (_, at) => pairs[2 * at] as number);
  run.sort((a, b) => compare(words, a, b, width) || a - b);
  run.forEach((row, at) => (pairs[2 * at] = row));
}

function compare(words: Uint32Array, a: number, b: number, width: number): number {
  for (let i = a * width, j = b * width, end = i + width; i < end; i++, j++) {
    if (words[i] !== words[j]) return (words[i] as number) - (words[j] as number);
  }
  return 0;
}
