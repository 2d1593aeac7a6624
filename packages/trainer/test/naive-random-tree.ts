import type { SeededRandom } from "@gillnet/entity";

import type { BinnedMatrix, ColumnBins, RowTargets } from "../src/engine/dtypes.ts";
import { FilledBins } from "../src/engine/filled-bins.ts";
import type { ForestRules } from "../src/engine/forest/forest-grower.ts";
import { GrownTree } from "../src/engine/grown-tree.ts";
import { isAtLimit } from "../src/engine/growth-limits.ts";
import { buildHistogram, createHistogram } from "../src/engine/histogram.ts";
import { NodeColumns } from "../src/engine/node-columns.ts";
import { completeGoesLeft } from "../src/engine/splitting.ts";
import { RandomSplitFinder } from "./random-split-finder.ts";

/**
 * The oracle of trees whose bounds are drawn, for columns of all kinds: every node counts its rows anew, in doubles,
 * and its children's rows are filtered out of them. The same numbers are drawn as by ForestGrower.
 */
export function naiveRandomTree(
  binned: BinnedMatrix,
  { criterion, limits, columnsPerSplit }: ForestRules,
  targets: RowTargets,
  random: SeededRandom,
): GrownTree {
  const { data, rows: height, cols } = binned.codes;
  const tree = new GrownTree();
  const finder = new RandomSplitFinder(binned, criterion, limits.minLeafWeight);
  const columns = new NodeColumns(cols);
  const histogram = createHistogram(binned);
  const filled = new FilledBins();
  columns.reset();

  function findSplit(rows: Int32Array, sum: number, weight: number): void {
    finder.begin(sum, weight);
    let found = false;
    for (let visited = 0; visited < cols && (visited < columnsPerSplit || !found);) {
      const upTo = Math.max(columnsPerSplit, visited + 1);
      const count = columns.draw(0, visited, upTo, random);
      visited = upTo;
      buildHistogram(binned, targets, columns.drawn, count, rows, 0, rows.length, histogram);
      for (const column of columns.drawn.subarray(0, count)) {
        const first = 2 * (binned.binStart[column] as number);
        filled.readHistogram(binned.columns[column] as ColumnBins, histogram, first);
        if (finder.tryFilled(column, filled, random)) found = true;
      }
    }
  }

  function grow(rows: Int32Array, depth: number): number {
    const total = (of: Float64Array): number =>
      rows.reduce((sum, row) => sum + (of[row] as number), 0);
    const [sum, weight] = [total(targets.sum), total(targets.weight)];
    const node = tree.addLeaf(sum, weight);
    if (isAtLimit(limits, depth, weight) || criterion.isPure(sum, weight)) return node;
    findSplit(rows, sum, weight);
    const { feature, goesLeft } = finder.best;
    if (feature < 0) return node;
    const bins = binned.columns[feature] as ColumnBins;
    completeGoesLeft(finder.best, bins);
    tree.split(node, finder.best, bins.kind === "categorical");
    const isLeft = (row: number): boolean => goesLeft[data[feature * height + row] as number] === 1;
    const left = rows.filter((row) => isLeft(row));
    const right = rows.filter((row) => !isLeft(row));
    // The tree's arrays are others once it has grown.
    const leftNode = grow(left, depth + 1);
    const rightNode = grow(right, depth + 1);
    tree.left[node] = leftNode;
    tree.right[node] = rightNode;
    return node;
  }

  const all = Int32Array.from(targets.weight.keys());
  grow(
    all.filter((row) => (targets.weight[row] as number) > 0),
    0,
  );
  return tree;
}
