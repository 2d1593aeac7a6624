import type { RowMajorF64 } from "@gillnet/entity";
import type { TreeEnsemble } from "./bundle.ts";
import { countBelow, MAX_BOUND, MAX_READING, packedTrees } from "./pack-trees.ts";
import type { PackedTrees, Reading } from "./pack-trees.ts";
import { walkTrees } from "./walk-trees.ts";

/** Walks that go on at once: each waits for the memory by itself. */
const LANES = 4;

/** Codes of the rows that go through one tree before the next tree's turn: they stay in the cache. */
const CODES_A_BLOCK = 1 << 16;

/**
 * The sum of the trees' answers for each row.
 *
 * Every row adds the trees' leaf values in the order of the trees, from 0, so a row gets the same bits
 * alone, in a batch, and in the trainer. The trees are packed at first use (packedTrees): they must not be changed
 * from then on.
 *
 * @param trees validated, or straight from the trainer: children after their parents.
 * @param matrix as many columns as the model has inputs; a cell of a categorical column is a code of its
 *   feature or NaN.
 * @returns one value a row. O(rows * trees * depth).
 */
export function sumTrees(trees: TreeEnsemble, matrix: RowMajorF64): Float64Array {
  const packed = packedTrees(trees);
  if (packed === null) return walkTrees(trees, matrix);
  const width = packed.readings.length;
  const sums = new Float64Array(matrix.rows);
  const mostRows = Math.max(LANES, Math.floor(CODES_A_BLOCK / (width + 1)));
  const codes = new Int32Array(Math.min(mostRows, matrix.rows) * width);
  for (let start = 0; start < matrix.rows; start += mostRows) {
    const end = Math.min(matrix.rows, start + mostRows);
    codeRows(packed.readings, matrix, start, end, codes);
    const block = sums.subarray(start, end);
    if (block.length >= LANES) addTreeByTree(trees, packed, codes, block);
    else addRowByRow(trees, packed, codes, block);
  }
  return sums;
}

/** Writes the codes of the rows from `start` to `end` (exclusive), row by row. */
function codeRows(
  readings: readonly Reading[],
  { data, cols }: RowMajorF64,
  start: number,
  end: number,
  codes: Int32Array,
): void {
  for (let reading = 0; reading < readings.length; reading++) {
    const { column, bounds, missing } = readings[reading] as Reading;
    for (let row = start; row < end; row++) {
      const x = data[row * cols + column] as number;
      let code = missing;
      if (!Number.isNaN(x)) code = bounds === null ? x + 2 : countBelow(bounds, x) + 1;
      codes[(row - start) * readings.length + reading] = code;
    }
  }
}

/** Rows side by side: all go through one tree before the next tree's turn. */
function addTreeByTree(
  trees: TreeEnsemble,
  packed: PackedTrees,
  codes: Int32Array,
  sums: Float64Array,
): void {
  const { roots, value } = trees;
  const width = packed.readings.length;
  const places = new Int32Array(paddedToLanes(sums.length));
  const starts = places.map((_, row) => (row < sums.length ? row * width : 0));
  for (let tree = 0; tree < roots.length; tree++) {
    places.fill(roots[tree] as number);
    walkToLeaves(trees, packed, codes, starts, places);
    for (let row = 0; row < sums.length; row++) {
      sums[row] = (sums[row] as number) + (value[places[row] as number] as number);
    }
  }
}

/** Trees side by side, for too few rows to fill the lanes. */
function addRowByRow(
  trees: TreeEnsemble,
  packed: PackedTrees,
  codes: Int32Array,
  sums: Float64Array,
): void {
  const { roots, value } = trees;
  const places = new Int32Array(paddedToLanes(roots.length));
  const starts = new Int32Array(places.length);
  for (let row = 0; row < sums.length; row++) {
    places.set(roots);
    starts.fill(row * packed.readings.length);
    walkToLeaves(trees, packed, codes, starts, places);
    let sum = 0;
    for (let tree = 0; tree < roots.length; tree++) sum += value[places[tree] as number] as number;
    sums[row] = sum;
  }
}

/** The walks beyond the ones that are asked for lead nowhere that is read. */
function paddedToLanes(count: number): number {
  return Math.ceil(count / LANES) * LANES;
}

/**
 * Walks from nodes to leaves, four walks at once.
 *
 * @param starts per walk: where its row's codes start.
 * @param places per walk, their number a multiple of LANES. IN: the node where it starts; OUT: the leaf where it ends.
 */
function walkToLeaves(
  trees: TreeEnsemble,
  { nodes }: PackedTrees,
  codes: Int32Array,
  starts: Int32Array,
  places: Int32Array,
): void {
  for (let walk = 0; walk < places.length; walk += LANES) {
    const startA = starts[walk] as number;
    const startB = starts[walk + 1] as number;
    const startC = starts[walk + 2] as number;
    const startD = starts[walk + 3] as number;
    // Word by word: a node's number times two.
    let a = 2 * (places[walk] as number);
    let b = 2 * (places[walk + 1] as number);
    let c = 2 * (places[walk + 2] as number);
    let d = 2 * (places[walk + 3] as number);
    for (;;) {
      const stepA = nodes[a + 1] as number;
      const stepB = nodes[b + 1] as number;
      const stepC = nodes[c + 1] as number;
      const stepD = nodes[d + 1] as number;
      // Only leaves step back.
      if ((stepA & stepB & stepC & stepD) < 0) break;
      const askA = nodes[a] as number;
      const askB = nodes[b] as number;
      const askC = nodes[c] as number;
      const askD = nodes[d] as number;
      const codeA = codes[startA + ((askA >>> 16) & MAX_READING)] as number;
      const codeB = codes[startB + ((askB >>> 16) & MAX_READING)] as number;
      const codeC = codes[startC + ((askC >>> 16) & MAX_READING)] as number;
      const codeD = codes[startD + ((askD >>> 16) & MAX_READING)] as number;
      a +=
        2 +
        (stepA &
          (askA < 0 ? askCategory(trees, a >> 1, codeA) : ((askA & MAX_BOUND) - codeA) >> 31));
      b +=
        2 +
        (stepB &
          (askB < 0 ? askCategory(trees, b >> 1, codeB) : ((askB & MAX_BOUND) - codeB) >> 31));
      c +=
        2 +
        (stepC &
          (askC < 0 ? askCategory(trees, c >> 1, codeC) : ((askC & MAX_BOUND) - codeC) >> 31));
      d +=
        2 +
        (stepD &
          (askD < 0 ? askCategory(trees, d >> 1, codeD) : ((askD & MAX_BOUND) - codeD) >> 31));
    }
    places[walk] = a >> 1;
    places[walk + 1] = b >> 1;
    places[walk + 2] = c >> 1;
    places[walk + 3] = d >> 1;
  }
}

/** 0 where the category goes left, -1 where it goes right. */
function askCategory(
  { missingLeft, categoryStart, categoryBits }: TreeEnsemble,
  node: number,
  code: number,
): number {
  if (code === 1) return (missingLeft[node] as number) - 1;
  const category = code - 2;
  const word = categoryBits[(categoryStart[node] as number) + (category >> 5)] as number;
  return ((word >>> (category & 31)) & 1) - 1;
}
