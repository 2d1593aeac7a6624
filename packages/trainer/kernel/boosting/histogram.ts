/*
 * Rows are counted by group: several columns share a byte, the code of their values' combination. A group has 256
 * cells of 8 bytes. Groups go in eights, written out, because a loop with a single load and store runs at a
 * third of the speed: each load waits for the store before it.
 *
 * T is what a cell holds: i64, or v128 where two boosters are counted at once.
 */

// @ts-ignore: AssemblyScript
@inline
function added<T>(a: T, b: T): T {
  if (isVector<T>()) return i64x2.add(a, b);
  return a + b;
}

/** Adds to the cell of one of the four groups whose codes are in `word`. */
// @ts-ignore: AssemblyScript
@inline
function addTo<T>(cells: usize, word: u32, group: i32, packed: T): void {
  const shift = isVector<T>() ? 4 : 3;
  const scaled = group === 0 ? word << shift : word >> (8 * group - shift);
  const cell = cells + (<usize>group << (8 + shift)) + (scaled & (255 << shift));
  store<T>(cell, added<T>(load<T>(cell), packed));
}

/** Adds a row to the cells of `groups` groups, 1 to 8: a constant where this is called. Its codes are `word`. */
// @ts-ignore: AssemblyScript
@inline
function addRow<T>(groups: i32, word: u64, packed: T, cells: usize): void {
  const low = <u32>word;
  addTo<T>(cells, low, 0, packed);
  if (groups > 1) addTo<T>(cells, low, 1, packed);
  if (groups > 2) addTo<T>(cells, low, 2, packed);
  if (groups > 3) addTo<T>(cells, low, 3, packed);
  if (groups > 4) {
    const high = <u32>(word >> 32);
    const others = cells + (isVector<T>() ? 16384 : 8192);
    addTo<T>(others, high, 0, packed);
    if (groups > 5) addTo<T>(others, high, 1, packed);
    if (groups > 6) addTo<T>(others, high, 2, packed);
    if (groups > 7) addTo<T>(others, high, 3, packed);
  }
}

/** Adds listed rows. */
// @ts-ignore: AssemblyScript
@inline
function addRows(groups: i32, list: usize, end: usize, codes: usize, stride: usize, packed: usize, cells: usize): void {
  for (let at = list; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    addRow<i64>(groups, load<u64>(codes + row * stride), load<i64>(packed + (row << 3)), cells);
  }
}

/** A row's number, or those of both boosters. */
// @ts-ignore: AssemblyScript
@inline
function packedOf<T>(packed: usize, second: usize, row: usize): T {
  if (isVector<T>()) return v128.load64_lane(second + (row << 3), v128.load64_zero(packed + (row << 3)), 1);
  return load<i64>(packed + (row << 3));
}

/** Adds the rows of a set. */
// @ts-ignore: AssemblyScript
@inline
function addSet<T>(
  groups: i32, set: usize, end: usize, codes: usize, stride: usize, packed: usize, second: usize, cells: usize,
): void {
  let first: usize = 0;
  for (let at = set; at < end; at += 8, first += 64) {
    for (let bits = load<u64>(at); bits !== 0; bits &= bits - 1) {
      const row = first + <usize>ctz(bits);
      addRow<T>(groups, load<u64>(codes + row * stride), packedOf<T>(packed, second, row), cells);
    }
  }
}

/**
 * OUT `bins`: the sum of `packed` over listed rows, int64 a bin of every column.
 *
 * @param codes a byte a group and row, `stride` bytes a row (multiple of 8)
 * @param cells scratch, 2048 bytes a group
 * @param columns per group: how many columns (int32), then for each, lowest digit first, its number of bins and
 *   its first bin
 */
export function countRows(
  list: usize, count: i32, codes: usize, stride: usize, groups: i32, packed: usize,
  cells: usize, columns: usize, bins: usize,
): void {
  memory.fill(cells, 0, <usize>groups << 11);
  const end = list + (<usize>count << 2);
  for (let first = 0; first < groups; first += 8) {
    const from = codes + first;
    const to = cells + (<usize>first << 11);
    switch (groups - first) {
      case 1: { addRows(1, list, end, from, stride, packed, to); break; }
      case 2: { addRows(2, list, end, from, stride, packed, to); break; }
      case 3: { addRows(3, list, end, from, stride, packed, to); break; }
      case 4: { addRows(4, list, end, from, stride, packed, to); break; }
      case 5: { addRows(5, list, end, from, stride, packed, to); break; }
      case 6: { addRows(6, list, end, from, stride, packed, to); break; }
      case 7: { addRows(7, list, end, from, stride, packed, to); break; }
      default: { addRows(8, list, end, from, stride, packed, to); break; }
    }
  }
  foldGroups<i64>(groups, cells, columns, bins);
}

/** The same over a set of rows: a bit each, the lowest bit of an int64 first. */
export function countSet(
  set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize,
  cells: usize, columns: usize, bins: usize,
): void {
  addGroups<i64>(set, words, codes, stride, groups, packed, 0, cells);
  foldGroups<i64>(groups, cells, columns, bins);
}

/**
 * The same of two boosters at once.
 *
 * @param cells scratch, 4096 bytes a group
 * @param bins OUT: both sums of each bin, the first booster's and the second's
 */
export function countPair(
  set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize, second: usize,
  cells: usize, columns: usize, bins: usize,
): void {
  addGroups<v128>(set, words, codes, stride, groups, packed, second, cells);
  foldGroups<v128>(groups, cells, columns, bins);
}

// @ts-ignore: AssemblyScript
@inline
function addGroups<T>(
  set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize, second: usize, cells: usize,
): void {
  const shift = isVector<T>() ? 12 : 11;
  memory.fill(cells, 0, <usize>groups << shift);
  const end = set + (<usize>words << 3);
  for (let first = 0; first < groups; first += 8) {
    const from = codes + first;
    const to = cells + (<usize>first << shift);
    switch (groups - first) {
      case 1: { addSet<T>(1, set, end, from, stride, packed, second, to); break; }
      case 2: { addSet<T>(2, set, end, from, stride, packed, second, to); break; }
      case 3: { addSet<T>(3, set, end, from, stride, packed, second, to); break; }
      case 4: { addSet<T>(4, set, end, from, stride, packed, second, to); break; }
      case 5: { addSet<T>(5, set, end, from, stride, packed, second, to); break; }
      case 6: { addSet<T>(6, set, end, from, stride, packed, second, to); break; }
      case 7: { addSet<T>(7, set, end, from, stride, packed, second, to); break; }
      default: { addSet<T>(8, set, end, from, stride, packed, second, to); break; }
    }
  }
}

function foldGroups<T>(groups: i32, cells: usize, columns: usize, bins: usize): void {
  const bytes = <usize>(isVector<T>() ? 4096 : 2048);
  let plan = columns;
  for (let group = 0; group < groups; group++) plan = foldGroup<T>(cells + <usize>group * bytes, plan, bins);
}

/**
 * Adds up a group's combinations by their highest digit into that column's bins, and over it into the combinations of
 * the digits below, in place; then the next digit. Returns where the next group's plan starts.
 */
function foldGroup<T>(cells: usize, plan: usize, bins: usize): usize {
  const shift: usize = isVector<T>() ? 4 : 3;
  const columns = <usize>load<i32>(plan);
  let count = load<i32>(plan, 4);
  const end = plan + 8 + (columns << 3);
  for (let at = end - 8; at > plan; at -= 8) {
    const digits = load<i32>(at);
    const out = bins + (<usize>load<i32>(at, 4) << shift);
    count /= digits;
    if (digits === 2) foldHalves<T>(cells, count, out);
    else foldDigits<T>(cells, count, digits, out);
  }
  return end;
}

function foldHalves<T>(cells: usize, count: i32, out: usize): void {
  const size = isVector<T>() ? 16 : 8;
  const bytes = <usize>count * size;
  let a = load<T>(cells);
  let b = load<T>(cells + bytes);
  store<T>(cells, added<T>(a, b));
  for (let at = cells + size, end = cells + bytes; at < end; at += size) {
    const x = load<T>(at);
    const y = load<T>(at + bytes);
    a = added<T>(a, x);
    b = added<T>(b, y);
    store<T>(at, added<T>(x, y));
  }
  store<T>(out, a);
  store<T>(out + size, b);
}

function foldDigits<T>(cells: usize, count: i32, digits: i32, out: usize): void {
  const size = isVector<T>() ? 16 : 8;
  const bytes = <usize>count * size;
  for (let digit = 0; digit < digits; digit++) {
    const from = cells + <usize>digit * bytes;
    let total = load<T>(from);
    if (digit > 0) store<T>(cells, added<T>(load<T>(cells), total));
    for (let at: usize = size; at < bytes; at += size) {
      const x = load<T>(from + at);
      total = added<T>(total, x);
      if (digit > 0) store<T>(cells + at, added<T>(load<T>(cells + at), x));
    }
    store<T>(out + <usize>digit * size, total);
  }
}

/** Takes a child's bins away from its parent's, which become the other child's. Exact. */
export function takeAway(bins: usize, child: usize, count: i32): void {
  for (let at: usize = 0, end = <usize>count << 3; at < end; at += 8) {
    store<i64>(bins + at, load<i64>(bins + at) - load<i64>(child + at));
  }
}

/** OUT `histogram`: each bin as two float64, the sum of residuals and the weight. */
export function unpackBins(bins: usize, count: i32, shift: i32, scale: f64, histogram: usize): void {
  const half = <i64>1 << (shift - 1);
  for (let i = 0; i < count; i++) {
    const packed = load<i64>(bins + (<usize>i << 3));
    const weight = (packed + half) >> shift;
    const at = histogram + (<usize>i << 4);
    store<f64>(at, <f64>(packed - (weight << shift)) * scale);
    store<f64>(at, <f64>weight, 8);
  }
}
