import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";

import { gini } from "../../../src/engine/criterion.ts";
import { ForestGrower } from "../../../src/engine/forest/forest-grower.ts";
import { pruneTree } from "../../../src/engine/prune-tree.ts";
import { EnsembleBuilder } from "../../../src/engine/tree-predictor.ts";
import { FOREST_RULES } from "../../no-limits.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { ColumnRecipe } from "../../random-table.ts";

const FEW: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3 },
  { kind: "numeric", levels: 2, missing: 0.2 },
  { kind: "numeric", levels: 3, missing: 0.3 },
  { kind: "categorical", levels: 4 },
  { kind: "categorical", levels: 3, missing: 0.2 },
  { kind: "numeric", levels: 4 },
];

const MIXED: readonly ColumnRecipe[] = [
  ...FEW,
  // More values than bins: bounds may run through the bins that a node has none of.
  { kind: "numeric", levels: 3000 },
  { kind: "numeric", levels: 1500, missing: 0.1 },
  { kind: "categorical", levels: 300, missing: 0.1 },
  { kind: "categorical", levels: 30 },
];

describe.each([
  ["few values", FEW],
  ["columns of all kinds", MIXED],
] as const)("%s", (_, recipes) => {
  const random = new SeededRandom(17);
  const table = randomTable(1200, recipes, random);
  const { binned, targets } = trainingSetOf(table);
  // Trees are grown on a few of the rows, so that most bins of a small node are empty.
  const takes = targets.weight.map(() => (random.integer(8) === 0 ? 1 : 0));
  const inTree = {
    sum: targets.sum.map((sum, row) => sum * (takes[row] as number)),
    weight: takes,
  };
  const rows = Int32Array.from([...takes.keys()].filter((row) => takes[row] === 0).reverse());

  test.each([
    ["best", 0],
    ["random", 0],
    ["best", 0.004],
  ] as const)("votes are what the model answers: %s bounds, pruned by %d", (bounds, alpha) => {
    const grower = new ForestGrower(binned, { ...FOREST_RULES, columnsPerSplit: 3, bounds });
    const votes = grower.votesOf(rows, table.x);
    const ensemble = new EnsembleBuilder(binned.columns, gini, 1);
    for (let seed = 0; seed < 5; seed++) {
      const tree = grower.grow(inTree, new SeededRandom(seed));
      pruneTree(tree, gini, alpha);
      votes.add(tree);
      ensemble.add(tree);
      const wanted = predictProbabilities({ kind: "forest", trees: ensemble.finish() }, table.x);
      const told = votes.means();
      rows.forEach((row, at) => expect(told[at]).toBeCloseTo(wanted[row] as number, 12));
    }
    grower.end();
  });
});
