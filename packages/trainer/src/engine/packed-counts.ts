import type { FilledBins } from "./filled-bins.ts";

/*
 * Counts of a few rows. The weight and the sum of a row, and those of a bin, are one 32-bit word,
 * weight * 2^16 + sum, so one addition counts both.
 *
 * Arguments alike in all: `codes`, records of `stride` bytes (see CodeRecords); `counts`, a word a row;
 * rows[start..end), the node's; `all`, what their words add up to; `cells`, OUT.
 * Columns of few values are counted in registers: the codes are 0, 1 and 2, and each bit of a code is a mask.
 */

/** Cells of one column: at most 254 bins and one for the missing cells. */
export const CELLS = 256;

/** Counts four columns of at most two bins: `a` into the cells from `toA` on, and so forth. Some may be the same. */
export function countOfTwo(
  codes: Uint8Array,
  stride: number,
  counts: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  all: number,
  cells: Int32Array,
  a: number,
  toA: number,
  b: number,
  toB: number,
  c: number,
  toC: number,
  d: number,
  toD: number,
): void {
  let a1 = 0;
  let b1 = 0;
  let c1 = 0;
  let d1 = 0;
  for (let k = start; k < end; k++) {
    const row = rows[k] as number;
    const count = counts[row] as number;
    const record = row * stride;
    a1 += count & -(codes[record + a] as number);
    b1 += count & -(codes[record + b] as number);
    c1 += count & -(codes[record + c] as number);
    d1 += count & -(codes[record + d] as number);
  }
  cells[toA] = all - a1;
  cells[toA + 1] = a1;
  cells[toB] = all - b1;
  cells[toB + 1] = b1;
  cells[toC] = all - c1;
  cells[toC + 1] = c1;
  cells[toD] = all - d1;
  cells[toD + 1] = d1;
}

/** Counts two columns of at most three bins, which may be the same. */
export function countOfThree(
  codes: Uint8Array,
  stride: number,
  counts: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  all: number,
  cells: Int32Array,
  a: number,
  toA: number,
  b: number,
  toB: number,
): void {
  let a1 = 0;
  let a2 = 0;
  let b1 = 0;
  let b2 = 0;
  for (let k = start; k < end; k++) {
    const row = rows[k] as number;
    const count = counts[row] as number;
    const record = row * stride;
    const aCode = codes[record + a] as number;
    const bCode = codes[record + b] as number;
    a1 += count & -(aCode & 1);
    a2 += count & -(aCode >> 1);
    b1 += count & -(bCode & 1);
    b2 += count & -(bCode >> 1);
  }
  cells[toA] = all - a1 - a2;
  cells[toA + 1] = a1;
  cells[toA + 2] = a2;
  cells[toB] = all - b1 - b2;
  cells[toB + 1] = b1;
  cells[toB + 2] = b2;
}

/** Adds four columns of any bins to cells that were zero. */
export function countFourOfMany(
  codes: Uint8Array,
  stride: number,
  counts: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  cells: Int32Array,
  a: number,
  toA: number,
  b: number,
  toB: number,
  c: number,
  toC: number,
  d: number,
  toD: number,
): void {
  for (let k = start; k < end; k++) {
    const row = rows[k] as number;
    const count = counts[row] as number;
    const record = row * stride;
    const aCell = toA + (codes[record + a] as number);
    const bCell = toB + (codes[record + b] as number);
    const cCell = toC + (codes[record + c] as number);
    const dCell = toD + (codes[record + d] as number);
    cells[aCell] = (cells[aCell] as number) + count;
    cells[bCell] = (cells[bCell] as number) + count;
    cells[cCell] = (cells[cCell] as number) + count;
    cells[dCell] = (cells[dCell] as number) + count;
  }
}

/** Adds one column of any bins to cells that were zero. */
export function countOneOfMany(
  codes: Uint8Array,
  stride: number,
  counts: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  cells: Int32Array,
  a: number,
  toA: number,
): void {
  for (let k = start; k < end; k++) {
    const row = rows[k] as number;
    const count = counts[row] as number;
    const record = row * stride;
    const aCell = toA + (codes[record + a] as number);
    cells[aCell] = (cells[aCell] as number) + count;
  }
}

/** Adds one column of any bins to the first cells, which were zero, and sets the bits of those that it fills. */
export function addAndMark(
  codes: Uint8Array,
  stride: number,
  counts: Int32Array,
  rows: Int32Array,
  start: number,
  end: number,
  column: number,
  cells: Int32Array,
  marks: Int32Array,
): void {
  for (let k = start; k < end; k++) {
    const row = rows[k] as number;
    const code = codes[row * stride + column] as number;
    cells[code] = (cells[code] as number) + (counts[row] as number);
    marks[code >> 5] = (marks[code >> 5] as number) | (1 << (code & 31));
  }
}

/** Moves the filled ones of a column's first `bins` cells, which start at `first`, to `filled`: zero they stay behind. */
export function takeCounts(
  cells: Int32Array,
  first: number,
  bins: number,
  filled: FilledBins,
): void {
  const { bin, sum, weight } = filled;
  let count = 0;
  for (let b = 0; b < bins; b++) {
    const cell = cells[first + b] as number;
    if (cell === 0) continue;
    cells[first + b] = 0;
    bin[count] = b;
    sum[count] = cell & 0xffff;
    weight[count] = cell >>> 16;
    count++;
  }
  filled.count = count;
}

/** Moves the marked cells to `filled`, and the marks away. */
export function takeMarked(cells: Int32Array, marks: Int32Array, filled: FilledBins): void {
  const { bin, sum, weight } = filled;
  let count = 0;
  for (let word = 0; word < marks.length; word++) {
    let marked = marks[word] as number;
    marks[word] = 0;
    while (marked !== 0) {
      const lowest = marked & -marked;
      const b = word * 32 + 31 - Math.clz32(lowest);
      marked ^= lowest;
      const cell = cells[b] as number;
      cells[b] = 0;
      bin[count] = b;
      sum[count] = cell & 0xffff;
      weight[count] = cell >>> 16;
      count++;
    }
  }
  filled.count = count;
}
