import { SeededRandom } from "@gillnet/entity";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { entropy, gini } from "../../src/engine/criterion.ts";
import { ForestGrower } from "../../src/engine/forest-grower.ts";
import type { ForestRules } from "../../src/engine/forest-grower.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
import type { GrowthLimits } from "../../src/engine/growth-limits.ts";
import type { GrownTree } from "../../src/engine/grown-tree.ts";
import type { TrainingSet } from "../../src/families/family.ts";
import { EnsembleBuilder } from "../../src/engine/tree-predictor.ts";
import { expectSameTree, naiveTree } from "../naive-tree.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";
import type { ColumnRecipe } from "../random-table.ts";

const NO_LIMITS: GrowthLimits = { maxDepth: Infinity, minSplitWeight: 0, minLeafWeight: 0 };
const RULES: ForestRules = {
  criterion: gini,
  limits: NO_LIMITS,
  columnsPerSplit: 2,
  bounds: "best",
};

/** What a tree answers with. */
function ensembleOf(tree: GrownTree, { binned }: TrainingSet): TreeEnsemble {
  return new EnsembleBuilder(binned.columns, gini, 1).add(tree);
}

const NUMERIC: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3 },
  { kind: "numeric", levels: 7, missing: 0.2 },
  { kind: "numeric", levels: 90 },
  { kind: "numeric", levels: 2, missing: 0.4 },
  { kind: "numeric", levels: 1 },
  { kind: "numeric", levels: 2 },
];

const MIXED: readonly ColumnRecipe[] = [
  ...NUMERIC,
  { kind: "categorical", levels: 6, missing: 0.1 },
  { kind: "numeric", levels: 2000, missing: 0.05 },
  { kind: "categorical", levels: 280 },
  { kind: "categorical", levels: 3 },
];

describe.each(["best", "random"] as const)("%s bounds", (bounds) => {
  test.each([
    ["gini", gini, NO_LIMITS, 2],
    ["entropy", entropy, NO_LIMITS, 3],
    ["all columns", gini, NO_LIMITS, 6],
    ["shallow", gini, { ...NO_LIMITS, maxDepth: 3 }, 1],
    ["large leaves", gini, { ...NO_LIMITS, minLeafWeight: 9 }, 2],
  ] as const)("the oracle grows the same tree: %s", (_, criterion, limits, columnsPerSplit) => {
    const random = new SeededRandom(41);
    for (let round = 0; round < 4; round++) {
      const table = randomTable(120, NUMERIC, random);
      const weights = Array.from({ length: 120 }, () => random.integer(4));
      const { binned, targets } = trainingSetOf(table, weights);
      const grower = new ForestGrower(binned, { criterion, limits, columnsPerSplit, bounds });
      const tree = grower.grow(targets, new SeededRandom(round));
      const draws = { random: new SeededRandom(round), columnsPerSplit, bounds };
      expectSameTree(
        tree,
        0,
        naiveTree(table.x, table.features, targets, criterion, limits, draws),
      );
    }
  });

  test("the same stream gives the same tree, whatever the grower grew before", () => {
    const training = trainingSetOf(randomTable(300, MIXED, new SeededRandom(1)));
    const grower = new ForestGrower(training.binned, { ...RULES, bounds });
    const [first, other, again] = [1, 2, 1].map((seed) =>
      ensembleOf(grower.grow(training.targets, new SeededRandom(seed)), training),
    );
    expect(other).not.toEqual(first);
    expect(again).toEqual(first);
  });
});

describe("what TreeGrower grows when it draws columns", () => {
  function expectAlike(training: TrainingSet, columnsPerSplit: number): void {
    const { binned, targets } = training;
    const forest = new ForestGrower(binned, { ...RULES, columnsPerSplit });
    const plain = new TreeGrower(binned, gini, NO_LIMITS, columnsPerSplit);
    for (let seed = 0; seed < 3; seed++) {
      const [wanted, grown] = [plain, forest].map((grower) =>
        ensembleOf(grower.grow(targets, new SeededRandom(seed)), training),
      );
      expect(grown).toEqual(wanted);
    }
  }
  const random = new SeededRandom(51);
  const table = randomTable(3000, MIXED, random);
  const weights = (draw: () => number): number[] => Array.from({ length: 3000 }, draw);

  test("columns of all kinds", () => {
    expectAlike(trainingSetOf(table), 3);
  });

  test("weights", () => {
    expectAlike(
      trainingSetOf(
        table,
        weights(() => random.integer(5)),
      ),
      4,
    );
  });

  test("weights that are too large for one word, some of them by themselves", () => {
    const large = weights(() => (random.integer(9) === 0 ? 70_000 : random.integer(40)));
    expectAlike(trainingSetOf(table, large), 3);
  });

  test("weights that are no integers", () => {
    // Quarters, so that sums are exact whatever their order.
    expectAlike(
      trainingSetOf(
        table,
        weights(() => random.integer(12) / 4),
      ),
      3,
    );
  });

  test("more rows than the small nodes' share of the cache", () => {
    const tall = randomTable(30_000, MIXED, random);
    expectAlike(trainingSetOf(tall), 2);
  });
});
