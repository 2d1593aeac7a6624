import { finish, mix } from "../engine/row-hashes.ts";
import { inOrder, sortByKey } from "../engine/sort-by-key.ts";

/** The distinct ones among rows of 32-bit words. */
export interface DistinctWords {
  /** For each distinct row, the first row that is like it; in an order that hangs on the rows' words alone. */
  readonly first: Int32Array;
  /** For each row, its index in `first`. */
  readonly indexOf: Int32Array;
}

/** Hashes the words from `start` to `end` (exclusive) to 32 bits. */
export type HashWords = (words: Uint32Array, start: number, end: number) => number;

/**
 * Finds the distinct rows, by a hash table with open addressing, and puts them in order of their hashes, equal
 * hashes in order of their words: so the result is the same, but for which row is `first`, in whatever
 * order the rows come. O(words).
 *
 * @param words row by row, `width` each
 * @param hashOf for tests: any function will do
 */
export function distinctWords(
  words: Uint32Array,
  rows: number,
  width: number,
  hashOf: HashWords = hashWords,
): DistinctWords {
  const indexOf = new Int32Array(rows);
  let first = new Int32Array(1024);
  let hashes = new Uint32Array(1024);
  // Two words a slot: the hash, so that most other rows are told at once, and the index of the distinct row, or -1.
  let slots = new Int32Array(4096).fill(-1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const hash = hashOf(words, row * width, (row + 1) * width) | 0;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    let index = slots[slot + 1] as number;
    while (
      index >= 0 &&
      (slots[slot] !== hash ||
        !areEqual(words, (first[index] as number) * width, row * width, width))
    ) {
      slot = (slot + 2) & mask;
      index = slots[slot + 1] as number;
    }
    if (index < 0) {
      index = count++;
      slots[slot] = hash;
      slots[slot + 1] = index;
      first[index] = row;
      hashes[index] = hash;
      if (count === first.length) {
        first = grown(first);
        hashes = grownHashes(hashes);
        slots = slotsFor(hashes, count);
      }
    }
    indexOf[row] = index;
  }

  const order = sortByKey(inOrder(count), hashes);
  sortEqualHashes(order, hashes, first, words, width);
  const rank = new Int32Array(count);
  const ordered = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const index = order[at] as number;
    rank[index] = at;
    ordered[at] = first[index] as number;
  }
  for (let row = 0; row < rows; row++) indexOf[row] = rank[indexOf[row] as number] as number;
  return { first: ordered, indexOf };
}

const hashWords: HashWords = (words, start, end) => {
  let hash = 0;
  for (let i = start; i < end; i++) hash = mix(hash, words[i] as number);
  return finish(hash);
};

function areEqual(words: Uint32Array, a: number, b: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (words[a + i] !== words[b + i]) return false;
  return true;
}

function grown(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * values.length);
  larger.set(values);
  return larger;
}

function grownHashes(values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * values.length);
  larger.set(values);
  return larger;
}

/** A table for as many entries as `hashes` has room for, with the first `count` in it. */
function slotsFor(hashes: Uint32Array, count: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(4 * hashes.length).fill(-1);
  const mask = slots.length - 2;
  for (let index = 0; index < count; index++) {
    const hash = hashes[index] as number;
    let slot = (hash << 1) & mask;
    while ((slots[slot + 1] as number) >= 0) slot = (slot + 2) & mask;
    slots[slot] = hash;
    slots[slot + 1] = index;
  }
  return slots;
}

/** Sorts the runs of equal hashes by their words. */
function sortEqualHashes(
  order: Int32Array,
  hashes: Uint32Array,
  first: Int32Array,
  words: Uint32Array,
  width: number,
): void {
  const compare = (a: number, b: number): number => {
    const [startA, startB] = [(first[a] as number) * width, (first[b] as number) * width];
    for (let i = 0; i < width; i++) {
      const difference = (words[startA + i] as number) - (words[startB + i] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  for (let start = 0; start < order.length;) {
    const hash = hashes[order[start] as number];
    let end = start + 1;
    while (end < order.length && hashes[order[end] as number] === hash) end++;
    if (end - start > 1) order.subarray(start, end).sort(compare);
    start = end;
  }
}
