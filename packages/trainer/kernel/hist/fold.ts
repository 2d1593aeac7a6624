import {
  COLUMN_BYTES, COLUMN_FIRST_BIN, COLUMN_HAS_MISSING, COLUMN_VALUE_BINS, COLUMNS, GROUP_MEMBERS, GROUPS, PHYSICAL,
} from "../../src/engine/hist/header";
import { word } from "../header/words";

/** target += source, `bytes` a multiple of 16. */
export function addAll(target: usize, source: usize, bytes: usize): void {
  const end = target + bytes;
  let from = source;
  for (let to = target; to < end; to += 16) {
    v128.store(to, i64x2.add(v128.load(to), v128.load(from)));
    from += 16;
  }
}

/** target -= source, `bytes` a multiple of 8. */
export function subtractAll(target: usize, source: usize, bytes: usize): void {
  const end = target + bytes;
  let from = source;
  for (let to = target; to < end; to += 8) {
    store<i64>(to, load<i64>(to) - load<i64>(from));
    from += 8;
  }
}

/**
 * Histograms of columns from those of physical columns, whose codes are numbers in mixed radix with a digit a
 * column. The codes are added up by their lowest digit into that column's bins, and over it into codes without
 * that digit, in place: `physical` is spoilt.
 */
export function fold(physical: usize, target: usize): void {
  const columns = word(COLUMNS);
  const groups = word(PHYSICAL);
  for (let group: usize = 0; group < groups; group++) {
    const about = word(GROUPS) + (group << 3);
    const members = word(GROUP_MEMBERS) + (<usize>load<u32>(about) << 2);
    const count = <i32>load<u32>(about, 4);
    const first = physical + (group << 11);
    let cells = 1;
    for (let i = 0; i < count; i++) cells *= binsOf(columnOf(columns, members, i));
    for (let i = 0; i < count; i++) {
      const column = columnOf(columns, members, i);
      const bins = binsOf(column);
      const to = target + (<usize>load<u32>(column, COLUMN_FIRST_BIN) << 3);
      cells /= bins;
      if (i === count - 1) memory.copy(to, first, <usize>bins << 3);
      else if (bins === 2) foldPairs(first, cells, to);
      else foldDigit(first, cells, bins, to);
    }
  }
}

function columnOf(columns: usize, members: usize, index: i32): usize {
  return columns + <usize>load<u32>(members + (<usize>index << 2)) * COLUMN_BYTES;
}

function binsOf(column: usize): i32 {
  return load<i32>(column, COLUMN_VALUE_BINS) + load<i32>(column, COLUMN_HAS_MISSING);
}

function foldPairs(first: usize, cells: i32, bins: usize): void {
  let low: i64 = 0;
  let high: i64 = 0;
  let from = first;
  const end = first + (<usize>cells << 3);
  for (let to = first; to < end; to += 8) {
    const a = load<i64>(from);
    const b = load<i64>(from, 8);
    low += a;
    high += b;
    store<i64>(to, a + b);
    from += 16;
  }
  store<i64>(bins, low);
  store<i64>(bins, high, 8);
}

function foldDigit(first: usize, cells: i32, digits: i32, bins: usize): void {
  memory.fill(bins, 0, <usize>digits << 3);
  const binsEnd = bins + (<usize>digits << 3);
  let from = first;
  const end = first + (<usize>cells << 3);
  for (let to = first; to < end; to += 8) {
    let sum: i64 = 0;
    for (let bin = bins; bin < binsEnd; bin += 8) {
      const cell = load<i64>(from);
      store<i64>(bin, load<i64>(bin) + cell);
      sum += cell;
      from += 8;
    }
    store<i64>(to, sum);
  }
}
