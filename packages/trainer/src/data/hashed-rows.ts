import { SORT_COUNTS } from "../engine/rows/header.ts";
import type { RowKernel } from "../engine/rows/row-kernel.ts";

/** The distinct ones among some rows. */
export interface Distinct {
  /** For each distinct row, the first row that is like it; in an order that hangs on the rows' content alone. */
  readonly first: Int32Array;
  /** For each row, its index in `first`. */
  readonly indexOf: Int32Array;
}

/** All bits of a hash. */
export const ALL_BITS = 0xffffffff;

/** Tells rows apart by sorting them by their hashes. */
export class HashedRows {
  readonly #kernel: RowKernel;
  readonly #rows: number;
  readonly #hashMask: number;
  readonly #pairs: number;

  /** @param hashMask which bits of the hashes are looked at */
  constructor(kernel: RowKernel, rows: number, hashMask: number) {
    this.#kernel = kernel;
    this.#rows = rows;
    this.#hashMask = hashMask;
    this.#pairs = kernel.reserve(rows * 8);
  }

  /** Hashes `count` rows from the `start`-th on: `width` words of 32 bits each, one row after the other at `block`. */
  add(block: number, start: number, count: number, width: number): void {
    const to = this.#pairs + start * 8;
    this.#kernel.run.hashWords(block, count, width * 4, width, to, start, this.#hashMask);
  }

  /**
   * Finds the distinct rows, once all are there: in order of their hashes, equal hashes in order of their content.
   *
   * @param compare compares two rows by their content
   */
  distinct(compare: (a: number, b: number) => number): Distinct {
    const rows = this.#rows;
    const kernel = this.#kernel;
    const other = kernel.reserve(rows * 8);
    const counts = kernel.reserve(SORT_COUNTS * 4);
    const sorted = kernel.run.sortPairs(this.#pairs, other, rows, counts);
    const pairs = kernel.u32(sorted, 2 * rows);
    const indexOf = new Int32Array(rows);
    const first = new Int32Array(rows);
    let count = 0;
    for (let start = 0; start < rows;) {
      const hash = pairs[2 * start + 1];
      let end = start + 1;
      let areAlike = true;
      for (; end < rows && pairs[2 * end + 1] === hash; end++) {
        areAlike &&= compare(pairs[2 * start] as number, pairs[2 * end] as number) === 0;
      }
      if (!areAlike) sortPairs(pairs.subarray(2 * start, 2 * end), compare);
      for (let at = start; at < end; at++) {
        const row = pairs[2 * at] as number;
        const isNew =
          at === start || (!areAlike && compare(pairs[2 * at - 2] as number, row) !== 0);
        if (isNew) first[count++] = row;
        indexOf[row] = count - 1;
      }
      start = end;
    }
    return { first: first.slice(0, count), indexOf };
  }
}

/** Sorts pairs of equal hashes by the rows' content, then by row. */
function sortPairs(pairs: Uint32Array, compare: (a: number, b: number) => number): void {
  const run = Array.from({ length: pairs.length / 2 }, (_, at) => pairs[2 * at] as number);
  run.sort((a, b) => compare(a, b) || a - b);
  run.forEach((row, at) => (pairs[2 * at] = row));
}
