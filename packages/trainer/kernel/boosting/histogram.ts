/*
 * Rows are counted by group: several columns share a byte, the code of their values' combination. A group has 256
 * cells of 8 bytes. Groups go in eights, written out, because a loop with a single load and store runs at a
 * third of the speed: each load waits for the store before it.
 */

// @ts-ignore: AssemblyScript
@inline
function addTo(cell: usize, packed: i64): void {
  store<i64>(cell, load<i64>(cell) + packed);
}

/** Adds a row to the cells of `groups` groups, 1 to 8: a constant where this is called. Its codes are `word`. */
// @ts-ignore: AssemblyScript
@inline
function addRow(groups: i32, word: u64, p: i64, cells: usize): void {
  const low = <u32>word;
  addTo(cells + ((low << 3) & 2040), p);
  if (groups > 1) addTo(cells + 2048 + ((low >> 5) & 2040), p);
  if (groups > 2) addTo(cells + 4096 + ((low >> 13) & 2040), p);
  if (groups > 3) addTo(cells + 6144 + ((low >> 21) & 2040), p);
  if (groups > 4) {
    const high = <u32>(word >> 32);
    addTo(cells + 8192 + ((high << 3) & 2040), p);
    if (groups > 5) addTo(cells + 10240 + ((high >> 5) & 2040), p);
    if (groups > 6) addTo(cells + 12288 + ((high >> 13) & 2040), p);
    if (groups > 7) addTo(cells + 14336 + ((high >> 21) & 2040), p);
  }
}

/** Adds listed rows. */
// @ts-ignore: AssemblyScript
@inline
function addRows(groups: i32, list: usize, end: usize, codes: usize, stride: usize, packed: usize, cells: usize): void {
  for (let at = list; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    addRow(groups, load<u64>(codes + row * stride), load<i64>(packed + (row << 3)), cells);
  }
}

/** Adds the rows of a set. */
// @ts-ignore: AssemblyScript
@inline
function addSet(groups: i32, set: usize, end: usize, codes: usize, stride: usize, packed: usize, cells: usize): void {
  let first: usize = 0;
  for (let at = set; at < end; at += 8, first += 64) {
    for (let bits = load<u64>(at); bits !== 0; bits &= bits - 1) {
      const row = first + <usize>ctz(bits);
      addRow(groups, load<u64>(codes + row * stride), load<i64>(packed + (row << 3)), cells);
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
  foldGroups(groups, cells, columns, bins);
}

/** The same over a set of rows: a bit each, the lowest bit of an int64 first. */
export function countSet(
  set: usize, words: i32, codes: usize, stride: usize, groups: i32, packed: usize,
  cells: usize, columns: usize, bins: usize,
): void {
  memory.fill(cells, 0, <usize>groups << 11);
  const end = set + (<usize>words << 3);
  for (let first = 0; first < groups; first += 8) {
    const from = codes + first;
    const to = cells + (<usize>first << 11);
    switch (groups - first) {
      case 1: { addSet(1, set, end, from, stride, packed, to); break; }
      case 2: { addSet(2, set, end, from, stride, packed, to); break; }
      case 3: { addSet(3, set, end, from, stride, packed, to); break; }
      case 4: { addSet(4, set, end, from, stride, packed, to); break; }
      case 5: { addSet(5, set, end, from, stride, packed, to); break; }
      case 6: { addSet(6, set, end, from, stride, packed, to); break; }
      case 7: { addSet(7, set, end, from, stride, packed, to); break; }
      default: { addSet(8, set, end, from, stride, packed, to); break; }
    }
  }
  foldGroups(groups, cells, columns, bins);
}

function foldGroups(groups: i32, cells: usize, columns: usize, bins: usize): void {
  let plan = columns;
  for (let group = 0; group < groups; group++) {
    plan = foldGroup(cells + (<usize>group << 11), plan, bins);
  }
}

/**
 * Adds up a group's combinations by their lowest digit into that column's bins, and over it into the combinations
 * of the digits above, in place; then the next digit. Returns where the next group's plan starts.
 */
function foldGroup(cells: usize, plan: usize, bins: usize): usize {
  const columns = load<i32>(plan);
  let count = load<i32>(plan, 4);
  let at = plan + 8;
  for (let i = 0; i < columns; i++, at += 8) {
    const digits = load<i32>(at);
    const out = bins + (<usize>load<i32>(at, 4) << 3);
    if (count === digits) {
      memory.copy(out, cells, <usize>count << 3);
    } else if (digits === 2) {
      count >>= 1;
      let a: i64 = 0;
      let b: i64 = 0;
      for (let to = cells, from = cells, end = cells + (<usize>count << 3); to < end; to += 8, from += 16) {
        const x = load<i64>(from);
        const y = load<i64>(from, 8);
        a += x;
        b += y;
        store<i64>(to, x + y);
      }
      store<i64>(out, a);
      store<i64>(out, b, 8);
    } else if (digits === 3) {
      count /= 3;
      let a: i64 = 0;
      let b: i64 = 0;
      let c: i64 = 0;
      for (let to = cells, from = cells, end = cells + (<usize>count << 3); to < end; to += 8, from += 24) {
        const x = load<i64>(from);
        const y = load<i64>(from, 8);
        const z = load<i64>(from, 16);
        a += x;
        b += y;
        c += z;
        store<i64>(to, x + y + z);
      }
      store<i64>(out, a);
      store<i64>(out, b, 8);
      store<i64>(out, c, 16);
    } else {
      count /= digits;
      memory.fill(out, 0, <usize>digits << 3);
      let from = cells;
      for (let to = cells, end = cells + (<usize>count << 3); to < end; to += 8) {
        let total: i64 = 0;
        for (let bin = out, last = out + (<usize>digits << 3); bin < last; bin += 8, from += 8) {
          const x = load<i64>(from);
          store<i64>(bin, load<i64>(bin) + x);
          total += x;
        }
        store<i64>(to, total);
      }
    }
  }
  return at;
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
