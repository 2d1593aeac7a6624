/*
 * Rows are counted by group: several columns share a byte, the code of their values' combination. A group has 256
 * cells of 8 bytes, or of 16 where two boosters are counted at once: a pair. Groups go in eights, written out, because a
 * loop with a single load and store runs at a third of the speed: each load waits for the store before it.
 *
 * Single numbers go through vector registers too: counting is a sixth faster so (AMD EPYC).
 */

// @ts-ignore: AssemblyScript
@inline
function loadCell(pair: bool, cell: usize): v128 {
  return pair ? v128.load(cell) : v128.load64_zero(cell);
}

// @ts-ignore: AssemblyScript
@inline
function storeCell(pair: bool, cell: usize, value: v128): void {
  if (pair) v128.store(cell, value);
  else v128.store64_lane(cell, value, 0);
}

/** Adds to the cell of one of the four groups whose codes are in `word`. */
// @ts-ignore: AssemblyScript
@inline
function addTo(pair: bool, cells: usize, word: u32, group: i32, packed: v128): void {
  const shift = pair ? 4 : 3;
  const scaled = group === 0 ? word << shift : word >> (8 * group - shift);
  const cell = cells + (<usize>group << (8 + shift)) + (scaled & (255 << shift));
  storeCell(pair, cell, i64x2.add(loadCell(pair, cell), packed));
}

/** Adds a row to the cells of `groups` groups, 1 to 8. Its codes are `word`. */
// @ts-ignore: AssemblyScript
@inline
function addRow(pair: bool, groups: i32, word: u64, packed: v128, cells: usize): void {
  const low = <u32>word;
  addTo(pair, cells, low, 0, packed);
  if (groups > 1) addTo(pair, cells, low, 1, packed);
  if (groups > 2) addTo(pair, cells, low, 2, packed);
  if (groups > 3) addTo(pair, cells, low, 3, packed);
  if (groups > 4) {
    const high = <u32>(word >> 32);
    const others = cells + (pair ? 16384 : 8192);
    addTo(pair, others, high, 0, packed);
    if (groups > 5) addTo(pair, others, high, 1, packed);
    if (groups > 6) addTo(pair, others, high, 2, packed);
    if (groups > 7) addTo(pair, others, high, 3, packed);
  }
}

/** Adds the rows of a set. `pair` and `groups` are constants where this is called. */
// @ts-ignore: AssemblyScript
@inline
function addSet(
  pair: bool, groups: i32, set: usize, end: usize, codes: usize, stride: usize, packed: usize, second: usize, cells: usize,
): void {
  let first: usize = 0;
  for (let at = set; at < end; at += 8, first += 64) {
    for (let bits = load<u64>(at); bits !== 0; bits &= bits - 1) {
      const row = first + <usize>ctz(bits);
      let p = v128.load64_zero(packed + (row << 3));
      if (pair) p = v128.load64_lane(second + (row << 3), p, 1);
      addRow(pair, groups, load<u64>(codes + row * stride), p, cells);
    }
  }
}

// @ts-ignore: AssemblyScript
@inline
function addGroups(
  pair: bool, set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize, second: usize, cells: usize,
): void {
  const shift = pair ? 12 : 11;
  memory.fill(cells, 0, <usize>groups << shift);
  const end = set + (<usize>words << 3);
  for (let first = 0; first < groups; first += 8) {
    const from = codes + first;
    const to = cells + (<usize>first << shift);
    switch (groups - first) {
      case 1: { addSet(pair, 1, set, end, from, stride, packed, second, to); break; }
      case 2: { addSet(pair, 2, set, end, from, stride, packed, second, to); break; }
      case 3: { addSet(pair, 3, set, end, from, stride, packed, second, to); break; }
      case 4: { addSet(pair, 4, set, end, from, stride, packed, second, to); break; }
      case 5: { addSet(pair, 5, set, end, from, stride, packed, second, to); break; }
      case 6: { addSet(pair, 6, set, end, from, stride, packed, second, to); break; }
      case 7: { addSet(pair, 7, set, end, from, stride, packed, second, to); break; }
      default: { addSet(pair, 8, set, end, from, stride, packed, second, to); break; }
    }
  }
}

/**
 * OUT `bins`: the sum of `packed` over a set of rows, int64 a bin of every column.
 *
 * @param set a bit a row, the lowest bit of an int64 first; `words` int64
 * @param codes a byte a group and row, `stride` bytes a row (multiple of 8)
 * @param cells scratch, 2048 bytes a group
 * @param plan what the groups are made of, int32: see planOf in engine/column-groups.ts
 */
export function countSet(
  set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize,
  cells: usize, plan: usize, bins: usize,
): void {
  addGroups(false, set, words, codes, stride, groups, packed, 0, cells);
  foldGroups(false, groups, cells, plan, bins);
}

/**
 * The same of two boosters at once.
 *
 * @param cells scratch, 4096 bytes a group
 * @param bins OUT: both sums of each bin, the first booster's and the second's
 */
export function countPair(
  set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize, second: usize,
  cells: usize, plan: usize, bins: usize,
): void {
  addGroups(true, set, words, codes, stride, groups, packed, second, cells);
  foldGroups(true, groups, cells, plan, bins);
}

function foldGroups(pair: bool, groups: i32, cells: usize, plan: usize, bins: usize): void {
  let at = plan;
  for (let group = 0; group < groups; group++) {
    at = foldGroup(pair, cells + (<usize>group << (pair ? 12 : 11)), at, bins);
  }
}

/**
 * Adds up a group's combinations by their highest digit into that column's bins, and over it into the combinations of
 * the digits below, in place; then the next digit. Returns where the next group's plan starts.
 */
function foldGroup(pair: bool, cells: usize, plan: usize, bins: usize): usize {
  const size: usize = pair ? 16 : 8;
  const lowest = plan + 8;
  const end = lowest + (<usize>load<i32>(plan) << 3);
  let bytes = <usize>load<i32>(plan, 4) * size;
  for (let at = end - 8; at > lowest; at -= 8) {
    const digits = load<i32>(at);
    const out = bins + <usize>load<i32>(at, 4) * size;
    bytes /= digits;
    storeCell(pair, out, sumCells(pair, cells, bytes));
    for (let digit = 1; digit < digits; digit++) {
      storeCell(pair, out + <usize>digit * size, moveCells(pair, cells + <usize>digit * bytes, cells, bytes));
    }
  }
  memory.copy(bins + <usize>load<i32>(lowest, 4) * size, cells, bytes);
  return end;
}

/** The sum of some cells. */
function sumCells(pair: bool, cells: usize, bytes: usize): v128 {
  // Of single numbers two at a time; first the one that is left over, if any.
  const left = bytes & 15;
  let total = left === 0 ? i64x2.splat(0) : v128.load64_zero(cells);
  for (let at = cells + left, end = cells + bytes; at < end; at += 16) total = i64x2.add(total, v128.load(at));
  return pair ? total : i64x2.add(total, v128.shuffle<i64>(total, total, 1, 0));
}

/** The same; also adds each of them to the cell at the same place of `to`. */
function moveCells(pair: bool, cells: usize, to: usize, bytes: usize): v128 {
  const left = bytes & 15;
  let total = i64x2.splat(0);
  if (left !== 0) {
    total = v128.load64_zero(cells);
    v128.store64_lane(to, i64x2.add(v128.load64_zero(to), total), 0);
  }
  for (let at = left; at < bytes; at += 16) {
    const x = v128.load(cells + at);
    total = i64x2.add(total, x);
    v128.store(to + at, i64x2.add(v128.load(to + at), x));
  }
  return pair ? total : i64x2.add(total, v128.shuffle<i64>(total, total, 1, 0));
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
