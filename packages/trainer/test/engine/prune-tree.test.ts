import { SeededRandom } from "@gillnet/entity";

import { entropy, gini } from "../../src/engine/criterion.ts";
import type { Criterion } from "../../src/engine/criterion.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
import type { GrownTree } from "../../src/engine/grown-tree.ts";
import { pruneTree } from "../../src/engine/prune-tree.ts";
import { EnsembleBuilder } from "../../src/engine/tree-predictor.ts";
import { NO_LIMITS } from "../no-limits.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

const { binned, targets } = trainingSetOf(
  randomTable(
    250,
    [
      { kind: "numeric", levels: 40, missing: 0.1 },
      { kind: "categorical", levels: 9 },
      { kind: "numeric", levels: 3 },
    ],
    new SeededRandom(61),
  ),
  Array.from({ length: 250 }, (_, row) => 1 + (row % 3)),
);

function grow(criterion: Criterion): GrownTree {
  return new TreeGrower(binned, criterion, NO_LIMITS, 3).grow(targets, new SeededRandom(0));
}

/** Which nodes are left when the weakest link is cut as long as it is worth no more than alpha a leaf. */
function cutWeakestLinks(tree: GrownTree, criterion: Criterion, alpha: number): Set<number> {
  const risk = (node: number): number =>
    criterion.cost(tree.sum[node] as number, tree.weight[node] as number) /
    (tree.weight[0] as number);
  const cut = new Set<number>();
  const children = (node: number): number[] =>
    tree.feature[node] === -1 || cut.has(node)
      ? []
      : [tree.left[node] as number, tree.right[node] as number];
  const leaves = (node: number): number[] =>
    children(node).length === 0 ? [node] : children(node).flatMap(leaves);
  const below = (node: number): number[] => [node, ...children(node).flatMap(below)];
  for (;;) {
    const links = below(0)
      .filter((node) => children(node).length > 0)
      .map((node) => {
        const ends = leaves(node);
        const lost = risk(node) - ends.reduce((sum, leaf) => sum + risk(leaf), 0);
        return { node, worth: lost / (ends.length - 1) };
      })
      .sort((a, b) => a.worth - b.worth);
    const weakest = links[0];
    if (weakest === undefined || weakest.worth > alpha) return new Set(below(0));
    cut.add(weakest.node);
  }
}

describe.each([
  ["gini", gini],
  ["entropy", entropy],
] as const)("%s", (_, criterion) => {
  test.each([1e-5, 0.0007, 0.0019, 0.0053, 0.02, 10])(
    "the tree is what is left when weakest links are cut: alpha %p",
    (alpha) => {
      const tree = grow(criterion);
      const whole = new EnsembleBuilder(binned.columns, criterion, 1).add(tree);
      const kept = [...cutWeakestLinks(tree, criterion, alpha)].sort((a, b) => a - b);
      pruneTree(tree, criterion, alpha);
      const pruned = new EnsembleBuilder(binned.columns, criterion, 1).add(tree);
      const picked = (values: Float64Array): number[] => kept.map((node) => values[node] as number);
      expect(Array.from(pruned.value)).toEqual(picked(whole.value));
      expect(Array.from(pruned.cover)).toEqual(picked(whole.cover));
      pruned.feature.forEach((feature, node) => {
        if (feature === -1) {
          expect([pruned.left[node], pruned.right[node]]).toEqual([-1, -1]);
          return;
        }
        const before = kept[node] as number;
        expect(feature).toBe(whole.feature[before]);
        expect(pruned.threshold[node]).toBe(whole.threshold[before]);
        expect(kept[pruned.left[node] as number]).toBe(whole.left[before]);
        expect(kept[pruned.right[node] as number]).toBe(whole.right[before]);
      });
    },
  );
});

test("alpha 0 prunes nothing, not even splits that gain nothing; a large one leaves the root", () => {
  const tree = grow(gini);
  const { count } = tree;
  pruneTree(tree, gini, 0);
  expect(tree.count).toBe(count);
  pruneTree(tree, gini, 1);
  expect(tree.count).toBe(1);
  expect(tree.feature[0]).toBe(-1);
});
