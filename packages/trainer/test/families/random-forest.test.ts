import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { ForestModel } from "@gillnet/model-bundle";

import { decisionTree } from "../../src/families/decision-tree.ts";
import { randomForest } from "../../src/families/random-forest.ts";
import { testClassifierContract } from "../classifier-contract.ts";
import { fitContext } from "../fit-context.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

const PARAMS = {
  n_estimators: 12,
  criterion: "gini",
  max_features: "sqrt",
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
  ccp_alpha: 0,
  bootstrap: true,
  oob_score: false,
};

testClassifierContract(randomForest, PARAMS, 0.97);

const table = randomTable(
  200,
  [
    { kind: "numeric", levels: 5 },
    { kind: "numeric", levels: 50, missing: 0.1 },
    { kind: "categorical", levels: 4 },
  ],
  new SeededRandom(3),
);
const training = trainingSetOf(table);

test("without bootstrap and with all columns every tree is the decision tree", async () => {
  const all = { ...PARAMS, max_features: null, bootstrap: false, n_estimators: 3 };
  const forest = (await randomForest.fit(training, all, fitContext(1))).model as ForestModel;
  const tree = (await decisionTree.fit(training, PARAMS, fitContext(2))).model as ForestModel;
  const nodes = tree.trees.feature.length;
  expect(Array.from(forest.trees.roots)).toEqual([0, nodes, 2 * nodes]);
  for (const start of [0, nodes, 2 * nodes]) {
    expect(forest.trees.feature.slice(start, start + nodes)).toEqual(tree.trees.feature);
    expect(forest.trees.threshold.slice(start, start + nodes)).toEqual(tree.trees.threshold);
  }
});

test("limits hold in every tree, and covers are in the table's weights", async () => {
  const params = { ...PARAMS, min_samples_leaf: 4, max_depth: 3 };
  const half = {
    ...training,
    targets: trainingSetOf(table, new Float64Array(200).fill(0.5)).targets,
  };
  const forest = await randomForest.fit({ ...half, weightUnit: 0.5 }, params, fitContext(1));
  const { trees } = forest.model as ForestModel;
  trees.roots.forEach((root, tree) => {
    expect(trees.cover[root]).toBe(100);
    expect((trees.roots[tree + 1] ?? trees.feature.length) - root).toBeLessThanOrEqual(15);
  });
  expect(Math.min(...trees.cover)).toBeGreaterThanOrEqual(2);
});

test("another seed gives another forest of like quality", async () => {
  const scores: Float64Array[] = [];
  for (const seed of [1, 2]) {
    const { model } = await randomForest.fit(training, PARAMS, fitContext(seed));
    scores.push(predictProbabilities(model, table.x));
  }
  expect(scores[0]).not.toEqual(scores[1]);
  const apart = (scores[0] as Float64Array).map((p, row) => Math.abs(p - (scores[1]?.[row] ?? 0)));
  expect(apart.reduce((a, b) => a + b) / 200).toBeLessThan(0.15);
});
