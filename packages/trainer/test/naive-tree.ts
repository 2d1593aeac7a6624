import type { RowMajorF64, SeededRandom } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { Criterion } from "../src/engine/criterion.ts";
import type { RowTargets } from "../src/engine/dtypes.ts";
import type { GrownTree } from "../src/engine/grown-tree.ts";

/** A node as the oracle sees it; leaves have no feature. */
export interface NaiveNode {
  readonly rows: readonly number[];
  readonly sum: number;
  readonly weight: number;
  readonly feature?: number;
  readonly cost?: number;
  readonly left?: NaiveNode;
  readonly right?: NaiveNode;
}

/** How a node of a forest chooses what it tries. */
export interface NaiveDraws {
  readonly random: SeededRandom;
  readonly columnsPerSplit: number;
  readonly bounds: "best" | "random";
}

/**
 * The engine's oracle: trees on raw values by brute force. No bins, no histograms, no shared buffers; every
 * split of every column is tried in the engine's order, each child summed anew, and for categories every
 * subset is tried. With `draws`, columns are drawn as forests do, and of numeric ones, if so wanted, the bound.
 */
export function naiveTree(
  x: RowMajorF64,
  features: readonly InputFeature[],
  targets: RowTargets,
  criterion: Criterion,
  limits: { readonly maxDepth: number; readonly minLeafWeight: number },
  draws?: NaiveDraws,
): NaiveNode {
  const cell = (row: number, column: number): number => x.data[row * x.cols + column] as number;
  const sums = (rows: readonly number[]): [number, number] => [
    rows.reduce((total, row) => total + (targets.sum[row] as number), 0),
    rows.reduce((total, row) => total + (targets.weight[row] as number), 0),
  ];

  function splitsOf(rows: readonly number[], column: number): ((row: number) => boolean)[] {
    const present = [...new Set(rows.map((row) => cell(row, column)))]
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    const hasMissing = rows.some((row) => Number.isNaN(cell(row, column)));
    const sets: Set<number>[] = [];
    if (features[column]?.kind === "numeric") {
      present.forEach((_, i) => sets.push(new Set(present.slice(0, i + 1))));
    } else {
      for (let bits = 1; bits < 2 ** present.length; bits++) {
        sets.push(new Set(present.filter((_, i) => ((bits >> i) & 1) === 1)));
      }
    }
    const goes = (set: Set<number>, missingLeft: boolean) => (row: number) =>
      Number.isNaN(cell(row, column)) ? missingLeft : set.has(cell(row, column));
    return [
      ...sets.map((set) => goes(set, false)),
      ...(hasMissing ? sets.map((set) => goes(set, true)) : []),
    ];
  }

  /** One split of a numeric column, by a bound between the node's lowest and highest value; none when constant. */
  function drawnSplits(
    rows: readonly number[],
    column: number,
    random: SeededRandom,
  ): ((row: number) => boolean)[] {
    const values = rows.map((row) => cell(row, column)).filter((value) => !Number.isNaN(value));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const hasMissing = values.length < rows.length;
    if (values.length === 0 || (low === high && !hasMissing)) return [];
    const missingLeft = hasMissing && random.uint32() >= 2 ** 31;
    if (low === high) return [(row) => missingLeft || cell(row, column) === low];
    const share = random.uniform();
    const drawn = low * (1 - share) + high * share;
    const bound = drawn < high ? drawn : low;
    return [(row) => (Number.isNaN(cell(row, column)) ? missingLeft : cell(row, column) <= bound)];
  }

  const permutation = Array.from({ length: x.cols }, (_, column) => column);

  /** The columns that a node tries, each with its splits; more than wanted only while all are constant. */
  function* columnsToTry(
    rows: readonly number[],
  ): Generator<readonly [number, readonly ((row: number) => boolean)[]]> {
    if (draws === undefined) {
      for (let column = 0; column < x.cols; column++) yield [column, splitsOf(rows, column)];
      return;
    }
    const { random, columnsPerSplit, bounds } = draws;
    let visited = 0;
    let varied = false;
    while (visited < x.cols && (visited < columnsPerSplit || !varied)) {
      // A node draws all of its columns before it looks at the first.
      const drawn: number[] = [];
      do {
        const at = visited + Math.floor((random.uint32() * (x.cols - visited)) / 2 ** 32);
        const column = permutation[at] as number;
        permutation[at] = permutation[visited] as number;
        permutation[visited] = column;
        drawn.push(column);
        visited++;
      } while (visited < columnsPerSplit);
      for (const column of drawn) {
        const splits =
          bounds === "random" ? drawnSplits(rows, column, random) : splitsOf(rows, column);
        varied ||=
          bounds === "random"
            ? splits.length > 0
            : splits.some((goesLeft) => new Set(rows.map((row) => goesLeft(row))).size > 1);
        yield [column, splits];
      }
    }
  }

  function grow(rows: readonly number[], depth: number): NaiveNode {
    const [sum, weight] = sums(rows);
    const leaf: NaiveNode = { rows, sum, weight };
    const isTooLight = weight < 2 * limits.minLeafWeight;
    if (sum === 0 || sum === weight || depth >= limits.maxDepth || isTooLight) return leaf;
    let best: { feature: number; cost: number; left: number[]; right: number[] } | undefined;
    for (const [feature, splits] of columnsToTry(rows)) {
      for (const goesLeft of splits) {
        const left = rows.filter((row) => goesLeft(row));
        const right = rows.filter((row) => !goesLeft(row));
        if (left.length === 0 || right.length === 0) continue;
        const [leftSum, leftWeight] = sums(left);
        const [rightSum, rightWeight] = sums(right);
        if (Math.min(leftWeight, rightWeight) < limits.minLeafWeight) continue;
        const total = criterion.cost(leftSum, leftWeight) + criterion.cost(rightSum, rightWeight);
        if (best === undefined || total < best.cost) best = { feature, cost: total, left, right };
      }
    }
    if (best === undefined) return leaf;
    return {
      ...leaf,
      feature: best.feature,
      cost: best.cost,
      left: grow(best.left, depth + 1),
      right: grow(best.right, depth + 1),
    };
  }

  const rows = Array.from({ length: x.rows }, (_, row) => row);
  return grow(
    rows.filter((row) => (targets.weight[row] as number) > 0),
    0,
  );
}

/** That the tree beneath a node has the splits and the sums of the oracle. */
export function expectSameTree(tree: GrownTree, at: number, oracle: NaiveNode): void {
  expect([tree.sum[at], tree.weight[at]]).toEqual([oracle.sum, oracle.weight]);
  expect(tree.feature[at]).toBe(oracle.feature ?? -1);
  if (oracle.left && oracle.right) {
    expectSameTree(tree, tree.left[at] as number, oracle.left);
    expectSameTree(tree, tree.right[at] as number, oracle.right);
  }
}
