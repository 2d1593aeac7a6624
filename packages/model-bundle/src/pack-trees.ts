import type { TreeEnsemble } from "./bundle.ts";

/** What nodes read of a row: a column's cell as a whole number, its code. */
export interface Reading {
  readonly column: number;
  /**
   * Numeric: the column's bounds in all nodes, ascending. A cell's code is 1 and how many of them are below it, so
   * it goes left at the bound of place b when its code is at most b + 1. Categorical: null, a category's code is 2 more.
   */
  readonly bounds: Float64Array | null;
  /** The code of a missing cell: of a cell below all bounds, or above all. Categorical: 1. */
  readonly missing: number;
}

/**
 * Trees for walking fast. Two words stand for each of the ensemble's nodes, in the same order; left children follow
 * their parents, so the step is to the right child, in words behind the left one.
 *
 *     numeric      [reading << 16 | b + 1,    step]
 *     categorical  [1 << 31 | reading << 16,  step]    which categories go left stands in the ensemble
 *     leaf         [0,                        -2]      every code is above 0: the row steps right, onto the leaf again
 */
export interface PackedTrees {
  readonly nodes: Int32Array;
  /** Numeric columns are read in two ways when missing cells go left at some nodes and right at others. */
  readonly readings: readonly Reading[];
}

/** The lower 16 bits of a numeric node's first word: the highest code that goes left. */
export const MAX_BOUND = 0xffff;

/** The 15 bits above them. */
export const MAX_READING = 0x7fff;

/** With more, coding a row takes longer than its walks do without: a walk asks a dozen columns or so. */
const MAX_READINGS_A_TREE = 8;

const known = new WeakMap<TreeEnsemble, PackedTrees | null>();

/**
 * The ensemble packed, at first use: some 30 ms for 380,000 nodes. Null for trees that cannot be packed, or gain nothing
 * by it: left children elsewhere than behind their parents, or too many bounds or columns.
 */
export function packedTrees(trees: TreeEnsemble): PackedTrees | null {
  let packed = known.get(trees);
  if (packed === undefined) {
    packed = packTrees(trees);
    known.set(trees, packed);
  }
  return packed;
}

function packTrees(trees: TreeEnsemble): PackedTrees | null {
  const { roots, feature, threshold, left, right, missingLeft, categoryStart } = trees;
  const bounds = boundsByColumn(trees);
  for (const { length } of bounds.values()) if (length > MAX_BOUND) return null;
  const readings: Reading[] = [];
  // By column and, for numeric ones, where missing cells go.
  const indices = new Map<number, number>();
  const nodes = new Int32Array(2 * feature.length);
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column === -1) {
      nodes[2 * node + 1] = -2;
      continue;
    }
    if (left[node] !== node + 1) return null;
    const missing = missingLeft[node] as number;
    const columnBounds = (categoryStart[node] as number) < 0 ? (bounds.get(column) ?? null) : null;
    const key = 2 * column + (columnBounds === null ? 0 : missing);
    let reading = indices.get(key);
    if (reading === undefined) {
      reading = readings.length;
      indices.set(key, reading);
      readings.push(readingOf(column, columnBounds, missing));
    }
    nodes[2 * node] =
      columnBounds === null
        ? (1 << 31) | (reading << 16)
        : (reading << 16) | (countBelow(columnBounds, threshold[node] as number) + 1);
    nodes[2 * node + 1] = 2 * ((right[node] as number) - node - 1);
  }
  const most = Math.min(MAX_READING, MAX_READINGS_A_TREE * roots.length);
  return readings.length <= most ? { nodes, readings } : null;
}

function readingOf(column: number, bounds: Float64Array | null, missingLeft: number): Reading {
  if (bounds === null) return { column, bounds, missing: 1 };
  return { column, bounds, missing: missingLeft === 1 ? 1 : bounds.length + 1 };
}

/** Each numeric column's distinct bounds, ascending. */
function boundsByColumn({
  feature,
  threshold,
  categoryStart,
}: TreeEnsemble): ReadonlyMap<number, Float64Array> {
  const distinct = new Map<number, Set<number>>();
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column < 0 || (categoryStart[node] as number) >= 0) continue;
    let bounds = distinct.get(column);
    if (bounds === undefined) {
      bounds = new Set();
      distinct.set(column, bounds);
    }
    bounds.add(threshold[node] as number);
  }
  return new Map(
    Array.from(distinct, ([column, bounds]) => [column, Float64Array.from(bounds).sort()]),
  );
}

/** How many of the ascending bounds are below x. */
export function countBelow(bounds: Float64Array, x: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
