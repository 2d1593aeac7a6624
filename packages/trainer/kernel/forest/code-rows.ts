import { CELLS, COUNTS, LIST, LIST_ROWS, RECORDS, ROWS, STRIDE, TABLE, TARGETS } from "../../src/engine/forest/header";
import { int, word } from "../header/words";
import { allBins } from "./bins";
import { FILLED, FILLED_BINS, MARK_OF } from "./scratch";

/*
 * Rows of any table: a byte a column. What a row counts is its targets in one value of type T:
 *
 * v128  float64 sum and weight, whatever they are
 * i64   weight << 32 | sum, whole numbers
 * i32   weight << 16 | sum, whole numbers of a small node
 *
 * A tree's rows are moved in the order of its nodes, codes and counts: reading them where the table has them misses the
 * cache. Beneath a small node of whole numbers they stay: what grows there parts a list of their numbers.
 */

/** With fewer rows the filled bins are marked as they are met; with more all bins are looked at. */
export const FEW_ROWS = 96;

/** Codes of the node that the list is for, from its first row on. */
export let listCodes: usize = 0;

/** Columns that are counted, and of which node. */
let countedColumns: usize = 0;
let countedStart: i32 = 0;
let countedEnd: i32 = 0;

/** Takes the rows that weigh; returns how many they are. */
export function startCodes<T>(): i32 {
  const rows = int(ROWS);
  const stride = word(STRIDE);
  const targets = word(TARGETS);
  const counts = word(COUNTS);
  let from = word(TABLE);
  let to = word(RECORDS);
  let end: usize = 0;
  for (let row: usize = 0; row < <usize>rows; row++, from += stride) {
    const count = load<T>(targets + row * sizeof<T>());
    for (let at: usize = 0; at < stride; at += 16) v128.store(to + at, v128.load(from + at));
    store<T>(counts + end * sizeof<T>(), count);
    const takes = <usize>weighs<T>(count);
    end += takes;
    to += stride & (0 - takes);
  }
  return <i32>end;
}

/** Starts a list of the rows of a small node; they are its rows from 0 on. */
export function startList(start: i32, end: i32): void {
  listCodes = word(RECORDS) + <usize>start * word(STRIDE);
  const counts = word(COUNTS) + (<usize>start << 3);
  const list = word(LIST);
  const small = list + (word(LIST_ROWS) << 3);
  for (let row: usize = 0; row < <usize>(end - start); row++) {
    const count = load<i64>(counts + (row << 3));
    store<u32>(list + (row << 2), <u32>row);
    store<i32>(small + (row << 2), (<i32>(count >> 16) & -65536) | <i32>count);
  }
}

// @ts-ignore: AssemblyScript
@inline
function add<T>(cell: usize, count: T): void {
  // @ts-ignore: AssemblyScript
  if (isVector<T>()) v128.store(cell, f64x2.add(v128.load(cell), count));
  // @ts-ignore: AssemblyScript
  else store<T>(cell, load<T>(cell) + count);
}

/** Adds a node's rows to the cells of `n` columns, a constant where this is called. */
// @ts-ignore: AssemblyScript
@inline
function addRows<T>(n: i32, columns: usize, cells: usize, start: i32, end: i32): void {
  const stride = word(STRIDE);
  const bytes: usize = 256 * sizeof<T>();
  const a = <usize>load<u32>(columns);
  const b = n > 1 ? <usize>load<u32>(columns, 4) : 0;
  const c = n > 2 ? <usize>load<u32>(columns, 8) : 0;
  const d = n > 3 ? <usize>load<u32>(columns, 12) : 0;
  const e = n > 4 ? <usize>load<u32>(columns, 16) : 0;
  const f = n > 5 ? <usize>load<u32>(columns, 20) : 0;
  const isList = sizeof<T>() === 4;
  const list = word(LIST);
  const codes = isList ? listCodes : word(RECORDS);
  const counts = isList ? list + (word(LIST_ROWS) << 3) : word(COUNTS);
  for (let at = <usize>start; at < <usize>end; at++) {
    const row = isList ? <usize>load<u32>(list + (at << 2)) : at;
    const count = load<T>(counts + row * sizeof<T>());
    const record = codes + row * stride;
    add<T>(cells + <usize>load<u8>(record + a) * sizeof<T>(), count);
    if (n > 1) add<T>(cells + bytes + <usize>load<u8>(record + b) * sizeof<T>(), count);
    if (n > 2) add<T>(cells + 2 * bytes + <usize>load<u8>(record + c) * sizeof<T>(), count);
    if (n > 3) add<T>(cells + 3 * bytes + <usize>load<u8>(record + d) * sizeof<T>(), count);
    if (n > 4) add<T>(cells + 4 * bytes + <usize>load<u8>(record + e) * sizeof<T>(), count);
    if (n > 5) add<T>(cells + 5 * bytes + <usize>load<u8>(record + f) * sizeof<T>(), count);
  }
}

/**
 * Counts up to six columns over a node's rows: the list's when T is i32. One column at a time would wait for its own
 * last store whenever two rows fall into one bin.
 */
export function countCodes<T>(columns: usize, count: i32, start: i32, end: i32): void {
  countedColumns = columns;
  countedStart = start;
  countedEnd = end;
  if (end - start <= FEW_ROWS) return;
  const cells = word(CELLS);
  if (count === 1) addRows<T>(1, columns, cells, start, end);
  else if (count === 2) addRows<T>(2, columns, cells, start, end);
  else if (count === 3) addRows<T>(3, columns, cells, start, end);
  else if (count === 4) addRows<T>(4, columns, cells, start, end);
  else if (count === 5) addRows<T>(5, columns, cells, start, end);
  else addRows<T>(6, columns, cells, start, end);
}

/** Writes a filled bin to FILLED. */
// @ts-ignore: AssemblyScript
@inline
function putFilled<T>(at: usize, bin: i32, count: T): void {
  store<i32>(FILLED_BINS + (at << 2), bin);
  const to = FILLED + (at << 4);
  // @ts-ignore: AssemblyScript
  if (isVector<T>()) v128.store(to, count);
  else {
    const half: T = <T>(4 * sizeof<T>());
    // @ts-ignore: AssemblyScript
    store<f64>(to, <f64>(count & ((<T>1 << half) - 1)));
    // @ts-ignore: AssemblyScript
    store<f64>(to, <f64>(count >> half), 8);
  }
}

// @ts-ignore: AssemblyScript
@inline
function zero<T>(): T {
  // @ts-ignore: AssemblyScript
  if (isVector<T>()) return f64x2.splat(0);
  // @ts-ignore: AssemblyScript
  else return <T>0;
}

// @ts-ignore: AssemblyScript
@inline
function weighs<T>(count: T): bool {
  // @ts-ignore: AssemblyScript
  if (isVector<T>()) return f64x2.extract_lane(count, 1) > 0;
  // @ts-ignore: AssemblyScript
  else return count !== 0;
}

/** Reads the bins of a counted column, the missing one included, to FILLED. Returns how many the node has. */
export function readCodes<T>(index: i32): i32 {
  const column = load<i32>(countedColumns + (<usize>index << 2));
  if (countedEnd - countedStart <= FEW_ROWS) return readMarked<T>(<usize>column);
  const cells = word(CELLS) + <usize>index * 256 * sizeof<T>();
  const bins = allBins(column);
  let filled: usize = 0;
  for (let bin = 0; bin < bins; bin++) {
    const cell = cells + <usize>bin * sizeof<T>();
    const count = load<T>(cell);
    store<T>(cell, zero<T>());
    putFilled<T>(filled, bin, count);
    filled += <usize>weighs<T>(count);
  }
  return <i32>filled;
}

/** Counts a column over few rows and reads it at once. */
// @ts-ignore: AssemblyScript
@inline
function readMarked<T>(column: usize): i32 {
  const stride = word(STRIDE);
  const cells = word(CELLS);
  const isList = sizeof<T>() === 4;
  const list = word(LIST);
  const codes = (isList ? listCodes : word(RECORDS)) + column;
  const counts = isList ? list + (word(LIST_ROWS) << 3) : word(COUNTS);
  let low = i64x2.splat(0);
  let high = i64x2.splat(0);
  const last = <usize>countedEnd;
  for (let at = <usize>countedStart; at < last; at++) {
    const row = isList ? <usize>load<u32>(list + (at << 2)) : at;
    const code = <usize>load<u8>(codes + row * stride);
    add<T>(cells + code * sizeof<T>(), load<T>(counts + row * sizeof<T>()));
    const mark = MARK_OF + (code << 5);
    low = v128.or(low, v128.load(mark));
    high = v128.or(high, v128.load(mark, 16));
  }
  let filled = takeMarked<T>(i64x2.extract_lane(low, 0), 0, 0, cells);
  filled = takeMarked<T>(i64x2.extract_lane(low, 1), 64, filled, cells);
  filled = takeMarked<T>(i64x2.extract_lane(high, 0), 128, filled, cells);
  return <i32>takeMarked<T>(i64x2.extract_lane(high, 1), 192, filled, cells);
}

/** Writes down the mark of each bin, once for all. */
export function makeMarks(): void {
  if (load<u8>(MARK_OF) !== 0) return;
  memory.fill(MARK_OF, 0, 8192);
  for (let bin: usize = 0; bin < 256; bin++) {
    store<u8>(MARK_OF + (bin << 5) + (bin >> 3), <u8>(<i32>1 << <i32>(bin & 7)));
  }
}

// @ts-ignore: AssemblyScript
@inline
function takeMarked<T>(marks: u64, first: i32, filled: usize, cells: usize): usize {
  let at = filled;
  for (let left = marks; left !== 0; left &= left - 1) {
    const bin = first + <i32>ctz(left);
    const cell = cells + <usize>bin * sizeof<T>();
    putFilled<T>(at, bin, load<T>(cell));
    store<T>(cell, zero<T>());
    at++;
  }
  return at;
}

/** Whether a column is alike in all rows of the list from start to end. */
export function isAlike(column: i32, start: i32, end: i32): bool {
  const stride = word(STRIDE);
  const list = word(LIST);
  const codes = listCodes + <usize>column;
  const code = load<u8>(codes + <usize>load<u32>(list + (<usize>start << 2)) * stride);
  for (let at = <usize>start + 1; at < <usize>end; at++) {
    if (load<u8>(codes + <usize>load<u32>(list + (at << 2)) * stride) !== code) return false;
  }
  return true;
}
