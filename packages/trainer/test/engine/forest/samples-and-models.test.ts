import { SeededRandom } from "@gillnet/entity";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { Bootstrap } from "../../../src/engine/bootstrap.ts";
import { gini } from "../../../src/engine/criterion.ts";
import { EQUAL_CLASSES } from "../../../src/engine/dtypes.ts";
import { ForestGrower } from "../../../src/engine/forest/forest-grower.ts";
import type { ForestRules } from "../../../src/engine/forest/forest-grower.ts";
import type { GrownTree } from "../../../src/engine/grown-tree.ts";
import { pruneTree } from "../../../src/engine/prune-tree.ts";
import { EnsembleBuilder } from "../../../src/engine/tree-predictor.ts";
import { FOREST_RULES } from "../../no-limits.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { ColumnRecipe } from "../../random-table.ts";

const FEW: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3 },
  { kind: "numeric", levels: 2, missing: 0.2 },
  { kind: "categorical", levels: 4 },
  { kind: "numeric", levels: 3 },
];
const MIXED: readonly ColumnRecipe[] = [
  ...FEW,
  { kind: "numeric", levels: 600 },
  { kind: "categorical", levels: 300, missing: 0.1 },
];

describe.each([
  ["few values", FEW],
  ["columns of all kinds", MIXED],
] as const)("%s", (_, recipes) => {
  const random = new SeededRandom(61);
  // Some rows of both classes, and more copies than are drawn from at a time.
  const table = randomTable(5000, recipes, random);
  const { binned, targets: plain } = trainingSetOf(table);
  const weight = plain.weight.map(() => random.integer(9));
  const targets = { weight, sum: weight.map((w) => random.integer(w + 1)) };
  const sampled = { targets, weightUnit: 1, classWeights: EQUAL_CLASSES };

  const ensembleOf = (tree: GrownTree): TreeEnsemble =>
    new EnsembleBuilder(binned.columns, gini, 1).add(tree);

  test("a tree on a sample is that on the bootstrap's sample", () => {
    const bootstrap = new Bootstrap(targets, 1);
    const inside = new ForestGrower(binned, FOREST_RULES, sampled);
    const outside = new ForestGrower(binned, FOREST_RULES);
    expect(inside.drawsSamples).toBe(true);
    expect(bootstrap.draws).toBeGreaterThan(16_384);
    for (let seed = 0; seed < 3; seed++) {
      const grown = ensembleOf(inside.growOnSample(new SeededRandom(seed)));
      const stream = new SeededRandom(seed);
      expect(ensembleOf(outside.grow(bootstrap.draw(stream), stream))).toEqual(grown);
    }
    inside.end();
    outside.end();
  });

  test("a grower that finds the table of the one before grows the same trees", () => {
    const rules: readonly ForestRules[] = [
      FOREST_RULES,
      { ...FOREST_RULES, bounds: "random", columnsPerSplit: 3 },
      FOREST_RULES,
    ];
    const [first, , again] = rules.map((each) => {
      const grower = new ForestGrower(binned, each, sampled);
      const ensemble = grower.ensemble(1);
      ensemble.add(grower.growOnSample(new SeededRandom(4)));
      const trees = ensemble.finish();
      grower.end();
      return trees;
    });
    expect(again).toEqual(first);
  });

  test.each([0, 0.001])(
    "an ensemble is the one that EnsembleBuilder makes, pruned by %d",
    (alpha) => {
      const grower = new ForestGrower(binned, FOREST_RULES);
      const builder = new EnsembleBuilder(binned.columns, gini, 0.5);
      const ensemble = grower.ensemble(0.5);
      for (let seed = 0; seed < 6; seed++) {
        const tree = grower.grow(targets, new SeededRandom(seed));
        pruneTree(tree, gini, alpha);
        builder.add(tree);
        ensemble.add(tree);
      }
      expect(ensemble.finish()).toEqual(builder.finish());
      grower.end();
    },
  );
});

test("samples are drawn outside where rows are many times over, weigh by class, or are no whole numbers", () => {
  const { binned, targets } = trainingSetOf(randomTable(50, FEW, new SeededRandom(1)));
  const times = (factor: number): typeof targets => ({
    sum: targets.sum.map((sum) => sum * factor),
    weight: targets.weight.map((weight) => weight * factor),
  });
  const draws = (factor: number, positive: number, weightUnit: number): boolean => {
    const classWeights = { positive, negative: 1 };
    const sampled = { targets: times(factor), weightUnit, classWeights };
    const grower = new ForestGrower(binned, FOREST_RULES, sampled);
    grower.end();
    return grower.drawsSamples;
  };
  expect(draws(1, 1, 1)).toBe(true);
  expect(draws(8, 1, 1)).toBe(true);
  expect(draws(9, 1, 1)).toBe(false);
  expect(draws(1, 2, 1)).toBe(false);
  expect(draws(0.5, 1, 0.5)).toBe(false);
});
