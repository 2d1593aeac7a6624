/*
 * A row's weights are two float64: of its positive and of its negative copies. A group is some columns that share a
 * byte, the code of their values' combination; each has 256 cells of 16 bytes, the sums of such weights. Groups go in
 * eights, written out, because a loop with a single load and store runs at a third of the speed: each load waits for
 * the store before it.
 */

/**
 * Multiplies each row's weights by the factors of the side that it is on, but leaves none of them under its least one,
 * and adds the side's answer to the row's score. Returns nothing; the sum of all weights is in `total`.
 *
 * @param codes of the stump's group, a byte every `stride` bytes
 * @param taking rows that have weights: the first ones of `rows`; the others have a score alone
 * @param sides a byte a code: 0 or 1
 * @param factors, answers two float64 and one float64 a side
 * @param weights IN and OUT, in the order of the rows
 * @param total OUT, two float64
 */
export function castStump(
  rows: i32, taking: i32, codes: usize, stride: usize, sides: usize, factors: usize, answers: usize,
  weights: usize, least: usize, scores: usize, total: usize,
): void {
  let sum = f64x2.splat(0);
  let code = codes;
  const end = scores + (<usize>rows << 3);
  let score = scores;
  for (let at: usize = 0, last = <usize>taking << 4; at < last; at += 16, code += stride, score += 8) {
    const side = <usize>load<u8>(sides + <usize>load<u8>(code));
    const factor = v128.load(factors + (side << 4));
    const weight = f64x2.pmax(v128.load(least + at), f64x2.mul(v128.load(weights + at), factor));
    v128.store(weights + at, weight);
    sum = f64x2.add(sum, weight);
    store<f64>(score, load<f64>(score) + load<f64>(answers + (side << 3)));
  }
  for (; score < end; score += 8, code += stride) {
    const side = <usize>load<u8>(sides + <usize>load<u8>(code));
    store<f64>(score, load<f64>(score) + load<f64>(answers + (side << 3)));
  }
  v128.store(total, sum);
}

// @ts-ignore: AssemblyScript
@inline
function addTo(cell: usize, weight: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), weight));
}

/** Adds rows to the cells of `groups` groups, 1 to 8: a constant where this is called. */
// @ts-ignore: AssemblyScript
@inline
function addRows(groups: i32, rows: i32, codes: usize, stride: usize, weights: usize, cells: usize): void {
  let code = codes;
  for (let at = weights, end = weights + (<usize>rows << 4); at < end; at += 16, code += stride) {
    const weight = v128.load(at);
    const word = load<u64>(code);
    const low = <u32>word;
    addTo(cells + ((low << 4) & 4080), weight);
    if (groups > 1) addTo(cells + 4096 + ((low >> 4) & 4080), weight);
    if (groups > 2) addTo(cells + 8192 + ((low >> 12) & 4080), weight);
    if (groups > 3) addTo(cells + 12288 + ((low >> 20) & 4080), weight);
    if (groups > 4) {
      const high = <u32>(word >> 32);
      addTo(cells + 16384 + ((high << 4) & 4080), weight);
      if (groups > 5) addTo(cells + 20480 + ((high >> 4) & 4080), weight);
      if (groups > 6) addTo(cells + 24576 + ((high >> 12) & 4080), weight);
      if (groups > 7) addTo(cells + 28672 + ((high >> 20) & 4080), weight);
    }
  }
}

/**
 * OUT `bins`: the weights of the rows, two float64 a bin of every column. Each is a sum in the order of the rows a
 * cell, then in the order of the cells.
 *
 * @param codes a byte a group and row, `stride` bytes a row (multiple of 8)
 * @param cells scratch, 4096 bytes a group
 * @param plan what the groups are made of, int32: see planOf in engine/column-groups.ts
 */
export function countRows(
  rows: i32, codes: usize, stride: usize, groups: i32, weights: usize, cells: usize, plan: usize, bins: usize,
): void {
  memory.fill(cells, 0, <usize>groups << 12);
  for (let first = 0; first < groups; first += 8) {
    const from = codes + first;
    const to = cells + (<usize>first << 12);
    switch (groups - first) {
      case 1: { addRows(1, rows, from, stride, weights, to); break; }
      case 2: { addRows(2, rows, from, stride, weights, to); break; }
      case 3: { addRows(3, rows, from, stride, weights, to); break; }
      case 4: { addRows(4, rows, from, stride, weights, to); break; }
      case 5: { addRows(5, rows, from, stride, weights, to); break; }
      case 6: { addRows(6, rows, from, stride, weights, to); break; }
      case 7: { addRows(7, rows, from, stride, weights, to); break; }
      default: { addRows(8, rows, from, stride, weights, to); break; }
    }
  }
  let at = plan;
  for (let group = 0; group < groups; group++) {
    at = foldGroup(cells + (<usize>group << 12), at, bins);
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
    const out = bins + (<usize>load<i32>(at, 4) << 4);
    count /= digits;
    const end = cells + (<usize>count << 4);
    if (digits === 2) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      for (let to = cells, from = cells; to < end; to += 16, from += 32) {
        const x = v128.load(from);
        const y = v128.load(from, 16);
        a = f64x2.add(a, x);
        b = f64x2.add(b, y);
        v128.store(to, f64x2.add(x, y));
      }
      v128.store(out, a);
      v128.store(out, b, 16);
    } else if (digits === 3) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      for (let to = cells, from = cells; to < end; to += 16, from += 48) {
        const x = v128.load(from);
        const y = v128.load(from, 16);
        const z = v128.load(from, 32);
        a = f64x2.add(a, x);
        b = f64x2.add(b, y);
        c = f64x2.add(c, z);
        v128.store(to, f64x2.add(f64x2.add(x, y), z));
      }
      v128.store(out, a);
      v128.store(out, b, 16);
      v128.store(out, c, 32);
    } else {
      memory.fill(out, 0, <usize>digits << 4);
      let from = cells;
      for (let to = cells; to < end; to += 16) {
        let total = f64x2.splat(0);
        for (let bin = out, last = out + (<usize>digits << 4); bin < last; bin += 16, from += 16) {
          const x = v128.load(from);
          addTo(bin, x);
          total = f64x2.add(total, x);
        }
        v128.store(to, total);
      }
    }
  }
  return at;
}
