/*
 * What the kernel is told, at the start of its memory: the words of src/engine/forest/header.ts. Behind them is the
 * scratch that needs no more than a fixed size; what grows with the table lies where the words say.
 */

export const TOP = 0;
export const COLUMNS = 1;
export const STRIDE = 2;
export const COLUMNS_PER_SPLIT = 3;
export const IS_ENTROPY = 4;
export const DRAWS_BOUNDS = 5;
export const MAX_DEPTH = 6;
export const ROWS = 7;
export const COLUMN_BINS = 8;
export const TABLE = 9;
export const TARGETS = 10;
export const IS_WHOLE = 11;
export const RECORDS = 12;
export const COUNTS = 13;
export const CELLS = 14;
export const ORDER = 15;
export const DRAWN = 16;
export const LIST = 17;
export const LIST_ROWS = 18;
/** Rows of a tree that there is room for at RECORDS, COUNTS and SIDE. */
export const RECORD_ROOM = 19;
export const STATE = 20;
export const NODE_ROOM = 24;
export const NODE_ARRAYS = 25;
export const BIN_SETS = 35;
export const BIN_SET_ROOM = 36;
export const BIN_SET_WORDS = 37;
export const STACK = 38;
export const STACK_ROOM = 39;
export const IS_PLANES = 40;
export const NODES = 41;
export const TOTAL = 42;
export const PAIRS = 43;
export const KEPT = 44;
/** Bytes of what a row counts, at COUNTS. */
export const COUNT_BYTES = 46;
/** Rows in planes that go right wait here. */
export const SIDE = 45;
export const MIN_SPLIT = 48;
export const MIN_LEAF = 50;

/** 256 bytes: of each bin, 1 where the best split sends it left. */
export const GOES_LEFT: usize = 512;
/** The same of the split that is being tried. */
export const TRIED_LEFT: usize = 768;
/** Bins that a node has of a column: int32 each. */
export const FILLED_BINS: usize = 1024;
/** The targets of those bins: float64 sum and weight each. */
export const FILLED: usize = 2048;
/** Their shares of the positive class: float64 each. */
export const SHARES: usize = 6144;
/** Two lists of 128 bytes: rows on the wrong side. */
export const WRONG_SIDE: usize = 8192;
/** Counts of up to eight columns in planes: 4 words a lane group and plane. */
export const LANES: usize = 8448;

// @ts-ignore: AssemblyScript
@inline
export function word(index: i32): i32 {
  return load<i32>(<usize>index << 2);
}

// @ts-ignore: AssemblyScript
@inline
export function setWord(index: i32, value: i32): void {
  store<i32>(<usize>index << 2, value);
}

// @ts-ignore: AssemblyScript
@inline
export function address(index: i32): usize {
  return load<u32>(<usize>index << 2);
}

/** A float64, at the place of two words. */
// @ts-ignore: AssemblyScript
@inline
export function real(index: i32): f64 {
  return load<f64>(<usize>index << 2);
}

/** Per bin 256 bits, all 0 but its own: see code-rows.ts. */
export const MARK_OF: usize = 12288;

/** Takes room at the end of what is in use; the memory grows as it must. */
export function reserve(bytes: usize): usize {
  const start = address(TOP);
  const end = start + ((bytes + 15) & ~15);
  setWord(TOP, <i32>end);
  const has = <usize>memory.size() << 16;
  if (end > has) {
    // Growing is a call of the system, and pages that are not in use take nothing.
    const missing = <i32>((end - has + 65535) >> 16);
    if (memory.grow(max(missing, 64)) < 0 && memory.grow(missing) < 0) unreachable();
  }
  return start;
}

/** Gives back all room from `start` on. */
// @ts-ignore: AssemblyScript
@inline
export function restore(start: usize): void {
  setWord(TOP, <i32>start);
}
