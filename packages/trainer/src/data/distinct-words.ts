import { RowKernel } from "../engine/rows/row-kernel.ts";
import { ALL_BITS, HashedRows } from "./hashed-rows.ts";
import type { Distinct } from "./hashed-rows.ts";

/** Words that are hashed at a time. */
const BLOCK_WORDS = 2 ** 15;

/**
 * Finds the distinct ones among rows of 32-bit words. The result is the same, but for which row is `first`, in whatever
 * order the rows come. O(words).
 *
 * @param words row by row, `width` each
 * @param hashMask which bits of the rows' hashes are looked at: for tests, any will do
 */
export function distinctWords(
  words: Uint32Array,
  rows: number,
  width: number,
  hashMask: number = ALL_BITS,
): Distinct {
  return RowKernel.use((kernel) => {
    const size = Math.max(1, Math.floor(BLOCK_WORDS / Math.max(1, width)));
    const block = kernel.reserve(size * width * 4);
    const cells = kernel.u32(block, size * width);
    const hashed = new HashedRows(kernel, rows, hashMask);
    for (let start = 0; start < rows; start += size) {
      const count = Math.min(size, rows - start);
      cells.set(words.subarray(start * width, (start + count) * width));
      hashed.add(block, start, count, width);
    }
    return hashed.distinct((a, b) => compare(words, a * width, b * width, width));
  });
}

function compare(words: Uint32Array, a: number, b: number, width: number): number {
  for (let i = a, j = b, end = a + width; i < end; i++, j++) {
    if (words[i] !== words[j]) return (words[i] as number) - (words[j] as number);
  }
  return 0;
}
