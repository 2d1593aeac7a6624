import { SeededRandom } from "@gillnet/entity";

import { boostingKernels } from "../../../src/engine/boosting/kernel.ts";
import { residualScale } from "../../../src/engine/boosting/residual-scale.ts";
import { ResidualTrees } from "../../../src/engine/boosting/residual-trees.ts";
import { squaredError } from "../../../src/engine/criterion.ts";
import { TreeSamples } from "../../../src/engine/boosting/tree-samples.ts";
import { binsOf } from "../../../src/engine/column-groups.ts";
import { EQUAL_CLASSES } from "../../../src/engine/dtypes.ts";
import type { BinnedMatrix } from "../../../src/engine/dtypes.ts";
import { TreeGrower } from "../../../src/engine/grower.ts";
import type { GrowthLimits } from "../../../src/engine/growth-limits.ts";
import { GrownTree } from "../../../src/engine/grown-tree.ts";
import { LeafRows } from "../../../src/engine/leaf-rows.ts";
import { newtonStep } from "../../../src/families/node-sums.ts";
import { MANY_VALUES, fewValues } from "../../column-recipes.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { ColumnRecipe, RandomTable } from "../../random-table.ts";

const few = fewValues(13);

const ROWS = 601;
const random = new SeededRandom(8);

/** The fields of a tree that are in use, and of each categorical node where its bins go. */
function fieldsOf(tree: GrownTree, binned: BinnedMatrix): unknown {
  const { count, feature, leftBin, rightBin, missingLeft, left, right, sum, weight } = tree;
  const all = [feature, leftBin, rightBin, missingLeft, left, right, sum, weight];
  const sets = Array.from(tree.binSet.subarray(0, count), (start, node) =>
    start < 0
      ? null
      : Array.from({ length: binsOf(binned, feature[node] as number) }, (_, bin) =>
          tree.binGoesLeft(node, bin),
        ),
  );
  return [...all.map((field) => Array.from(field.subarray(0, count))), sets];
}

/** The tree that was grown last. */
function readTree(trees: ResidualTrees): GrownTree {
  const tree = new GrownTree();
  trees.nodes.copyTo(tree);
  return tree;
}

/** To the nearest integer, halves to the even one: as the sum with this number is rounded. */
function roundToEven(x: number): number {
  return x + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;
}

/**
 * Grows trees of boosters that go side by side, and holds each against TreeGrower's on rounded residuals, its leaves
 * against sums over their rows, and all answers against odds that are kept row by row.
 */
function holdAgainstTreeGrower(
  table: RandomTable,
  weights: Float64Array,
  limits: GrowthLimits,
  share: number,
): void {
  const rows = weights.length;
  const { binned, targets } = trainingSetOf(table, weights);
  // How many rows that take part come before each row.
  let rank = 0;
  const rankOf = weights.map((weight) => (weight > 0 ? rank++ : -1));
  expect(ResidualTrees.suits(targets, limits)).toBe(true);
  const kernel = boostingKernels.take();
  const trees = new ResidualTrees(binned, targets, limits, kernel);
  const grower = new TreeGrower(binned, squaredError, limits, binned.codes.cols);
  const leafRows = new LeafRows(binned);
  // The same draws, of rows as they stand and of rows as the kernel has them.
  const [samples, placedSamples] = [targets, trees.placed(targets)].map((all) => {
    const drawn = { targets: all, weightUnit: 1, classWeights: EQUAL_CLASSES };
    return new TreeSamples(all, drawn, share, new SeededRandom(3), kernel);
  }) as [TreeSamples, TreeSamples];
  const scale = residualScale(targets.weight.reduce((sum, weight) => sum + weight, 0));
  // Boosters side by side, a pair and a third, which see the same samples and nothing else of each other.
  const rates = [0.3, 1.5, 0.02];
  const boosters = rates.map(() => trees.rowsFor(0.8));
  const oddsOf = rates.map(() => new Float64Array(rows).fill(0.8));
  for (let size = 0; size < 5; size++) {
    const sample = samples.of(size);
    rates.forEach((rate, which) => {
      const odds = oddsOf[which] as Float64Array;
      const exact = odds.map((o, row) => {
        const p = 1 / (1 + o);
        return (sample.targets.sum[row] as number) - (sample.targets.weight[row] as number) * p;
      });
      const sum = exact.map((residual) => roundToEven(residual * scale) / scale);
      const wanted = grower.grow({ sum, weight: sample.targets.weight }, random);
      trees.begin(size, placedSamples.of(size));
      const booster = boosters[which] as (typeof boosters)[number];
      trees.grow(booster);
      expect(fieldsOf(readTree(trees), binned)).toEqual(fieldsOf(wanted, binned));

      const next = odds.slice();
      leafRows.send(wanted);
      for (let node = 0; node < wanted.count; node++) {
        const leaf = trees.nodes.leafOf(node);
        if ((wanted.feature[node] as number) >= 0) {
          expect(leaf).toBe(-1);
          continue;
        }
        // The kernel adds up every other row apart.
        const residual = [0, 0];
        const curvature = [0, 0];
        const inLeaf = leafRows.rows.subarray(leafRows.start[node], leafRows.end[node]);
        for (const row of inLeaf) {
          const p = 1 / (1 + (odds[row] as number));
          const side = Number((rankOf[row] as number) % 2 === 1);
          residual[side]! += exact[row] as number;
          curvature[side]! += (sample.targets.weight[row] as number) * p * (1 - p);
        }
        const [evenResidual, oddResidual] = residual as [number, number];
        const [evenCurvature, oddCurvature] = curvature as [number, number];
        expect(trees.leafSums[2 * leaf]).toBe(evenResidual + oddResidual);
        expect(trees.leafSums[2 * leaf + 1]).toBe(evenCurvature + oddCurvature);
        const step = newtonStep(evenResidual + oddResidual, evenCurvature + oddCurvature);
        const factor = Math.exp(-rate * step);
        booster.factor[leaf] = factor;
        for (const row of inLeaf) next[row] = (odds[row] as number) * factor;
      }
      expect(trees.answersOf(booster)).toEqual(next.map((o) => 1 / (1 + o)));
      odds.set(next.map((o) => Math.min(1e300, Math.max(1e-300, o))));
    });
  }
  kernel.giveBack();
}

describe.each([
  ["few values a column", few],
  ["many values a column", MANY_VALUES],
  ["both", [...few, ...MANY_VALUES]],
])("%s", (_, recipes) => {
  const table = randomTable(ROWS, recipes, random);
  // Every seventh row takes no part.
  const weights = Float64Array.from({ length: ROWS }, (__, row) => row % 7 && (row % 3) + 1);

  test.each([
    [3, 0, 0, 0.7],
    [3, 0, 0, 1],
    [1, 0, 0, 0.5],
    [2, 60, 0, 1],
    [6, 0, 20, 0.6],
  ])(
    "depth %d, least split %d, least leaf %d, share %d: the trees of TreeGrower",
    (maxDepth, minSplitWeight, minLeafWeight, share) => {
      const limits = { maxDepth, minSplitWeight, minLeafWeight };
      holdAgainstTreeGrower(table, weights, limits, share);
    },
  );
});

test.each(Array.from({ length: 24 }, (_, seed) => seed))(
  "the trees of TreeGrower on a table of any make, %d",
  (seed) => {
    const dice = new SeededRandom(seed).fork("table");
    const recipes = Array.from({ length: 1 + dice.integer(12) }, (): ColumnRecipe => ({
      kind: dice.integer(3) === 0 ? "categorical" : "numeric",
      levels: [1, 2, 3, 5, 17, 254, 300][dice.integer(7)] as number,
      missing: [0, 0, 0.1, 0.95, 1][dice.integer(5)] as number,
    }));
    const rows = 2 + dice.integer(300);
    const heaviest = [1, 2, 400][dice.integer(3)] as number;
    const weights = Float64Array.from({ length: rows }, () => dice.integer(heaviest + 1));
    weights[dice.integer(rows)] = 1;
    const limits = {
      maxDepth: 1 + dice.integer(6),
      minSplitWeight: dice.integer(20),
      minLeafWeight: dice.integer(3),
    };
    const share = [0.1, 0.5, 0.9, 1][dice.integer(4)] as number;
    holdAgainstTreeGrower(randomTable(rows, recipes, dice), weights, limits, share);
  },
);

test("other rows and other trees are left to TreeGrower", () => {
  const limits = { maxDepth: 3, minSplitWeight: 0, minLeafWeight: 0 };
  const targets = { sum: Float64Array.of(0, 1), weight: Float64Array.of(1, 1) };
  expect(ResidualTrees.suits(targets, limits)).toBe(true);
  expect(ResidualTrees.suits(targets, { ...limits, maxDepth: Infinity })).toBe(false);
  expect(ResidualTrees.suits({ ...targets, weight: Float64Array.of(0.5, 1) }, limits)).toBe(false);
  expect(ResidualTrees.suits({ ...targets, weight: Float64Array.of(1e6, 1) }, limits)).toBe(false);
});

test("memory of a fit that has ended serves the next one, cleared", () => {
  const table = randomTable(50, few, new SeededRandom(1));
  const { binned, targets } = trainingSetOf(table);
  const limits = { maxDepth: 3, minSplitWeight: 0, minLeafWeight: 0 };
  const grow = (): unknown => {
    const kernel = boostingKernels.take();
    const trees = new ResidualTrees(binned, targets, limits, kernel);
    const rows = trees.rowsFor(1);
    trees.begin(0, { tree: 0, targets: trees.placed(targets) });
    trees.grow(rows);
    const fields = fieldsOf(readTree(trees), binned);
    kernel.giveBack();
    kernel.giveBack();
    return fields;
  };
  expect(grow()).toEqual(grow());
});
