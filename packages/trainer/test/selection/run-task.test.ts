import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { AverageModel } from "@gillnet/model-bundle";

import { canonicalPart } from "../../src/data/canonical-part.ts";
import { foldTargets } from "../../src/selection/folds.ts";
import { prepareSearch } from "../../src/selection/prepare-search.ts";
import { buffersOf, runFitTask, runScoreTask } from "../../src/selection/run-task.ts";
import { randomTable } from "../random-table.ts";

const table = randomTable(
  200,
  [
    { kind: "numeric", levels: 9 },
    { kind: "numeric", levels: 30 },
  ],
  new SeededRandom(2),
);
const rows = new Float64Array(600);
const matrix = new Float64Array(600);
table.labels.forEach((label, row) => {
  matrix.set([...table.x.data.slice(2 * row, 2 * row + 2), label], 3 * row);
  rows.set([row, row, 1], 3 * row);
});
const part = canonicalPart(
  { data: matrix, rows: 200, cols: 3 },
  { data: rows, rows: 200, cols: 3 },
  table.features,
  "training",
);
const data = prepareSearch(part, table.features, "group", 4, 1);
const ignore = (): void => {};
const params = {
  n_estimators: 10,
  criterion: "gini",
  max_features: "sqrt",
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
  bootstrap: true,
};

test("a stage's scores are those of the ensemble of that size by itself", async () => {
  const task = {
    kind: "score",
    family: "random_forest",
    folds: "selection",
    fold: 1,
  } as const;
  const both = await runScoreTask(data, { ...task, fits: [{ params, stages: [3, 10] }] }, ignore);
  const three = { params: { ...params, n_estimators: 3 }, stages: [3] };
  const small = await runScoreTask(data, { ...task, fits: [three] }, ignore);
  expect(both[0]).toEqual(small[0]);
  expect(both[1]).not.toEqual(small[0]);
});

test.each([
  ["gradient_boosting", "selection"],
  ["gradient_boosting", "random"],
  ["adaboost", "random"],
  ["random_forest", "selection"],
  ["extra_trees", "random"],
] as const)(
  "%s: scored as it grows on %s folds, it has the model's scores",
  async (family, folds) => {
    const boosted = { ...params, learning_rate: 0.3, subsample: 0.7, max_depth: 3 };
    const task = { kind: "score", family, folds, fold: 2 } as const;
    const scored = (stages: readonly number[] | null): ReturnType<typeof runScoreTask> =>
      runScoreTask(data, { ...task, fits: [{ params: boosted, stages }] }, ignore);
    const [growing] = await scored([10]);
    const [grown] = await scored(null);
    for (const [name, score] of Object.entries(grown ?? {})) {
      expect(growing?.[name as keyof typeof growing]).toBeCloseTo(score, 10);
    }
  },
);

test("held-out rows have no part in the fit", async () => {
  // A full-depth tree knows its training rows by heart: here only conflicting labels could spoil it.
  const task = {
    kind: "score",
    family: "decision_tree",
    fits: [{ params, stages: null }],
    folds: "selection",
  } as const;
  const accuracy: number[] = [];
  for (const fold of [0, 1, 2, 3]) {
    const [scores] = await runScoreTask(data, { ...task, fold }, ignore);
    accuracy.push(scores?.accuracy ?? 1);
  }
  expect(Math.max(...accuracy)).toBeLessThan(0.97);
});

test("a fit uses every row, and its buffers can move to another thread", async () => {
  const fit = { kind: "fit", family: "decision_tree", params, members: null, threads: 1 } as const;
  const result = await runFitTask(data, fit, ignore);
  expect(result.model).toMatchObject({ kind: "forest" });
  if (result.model.kind === "forest") expect(result.model.trees.cover[0]).toBe(200);
  expect(buffersOf(result).length).toBe(10);
  expect(buffersOf([])).toEqual([]);

  const weights = Float64Array.of(1);
  const layers = [{ weights: new Float64Array(2), bias: new Float64Array(1) }];
  const members = [result.model, { kind: "network", layers }] as unknown as AverageModel["members"];
  const average: AverageModel = { kind: "average", members, weights };
  const buffers = buffersOf({ model: average, notes: [] });
  expect(buffers).toHaveLength(13);
  expect(buffers).toContain(weights.buffer);
  expect(buffers).toContain(layers[0]?.bias.buffer);
});

test("class weights count in the fit, and not in the scores", async () => {
  const always = { C: 1, max_iter: 100, standardize: true, class_weight: 1e6 };
  const task = {
    kind: "score",
    family: "logistic_regression",
    fits: [{ params: always, stages: null }],
    folds: "random",
    fold: 0,
  } as const;
  const [scores] = await runScoreTask(data, task, ignore);
  const held = foldTargets(data.folds.random, data.x.rows, 0, "heldOut");
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  // Everything is called positive: right for the held-out rows that are.
  expect(scores?.recall).toBe(1);
  expect(scores?.accuracy).toBeCloseTo(sum(held.sum) / sum(held.weight), 12);
  const { model } = await runFitTask(
    data,
    { kind: "fit", family: task.family, params: always, members: null, threads: 1 },
    ignore,
  );
  expect(predictProbabilities(model, data.x).every((p) => p > 0.5)).toBe(true);
});

test("held-out rows are scored as they are, though the fit had masked ones beside them", async () => {
  const hist = {
    learning_rate: 0.3,
    growth: "depth_wise",
    max_depth: 3,
    max_leaf_nodes: null,
    min_samples_leaf: 1,
    min_child_weight: 0,
    l2_regularization: 1,
    subsample: 1,
    max_features: null,
    early_stopping: null,
    mask_copies: 4,
    mask_share: 1,
    n_estimators: 6,
  };
  const task = {
    kind: "score",
    family: "hist_gradient_boosting",
    folds: "random",
    fold: 1,
  } as const;
  const scored = (
    params: typeof hist,
    stages: readonly number[] | null,
  ): ReturnType<typeof runScoreTask> =>
    runScoreTask(data, { ...task, fits: [{ params, stages }] }, ignore);
  const [growing] = await scored(hist, [6]);
  const [grown] = await scored(hist, null);
  for (const [name, score] of Object.entries(grown ?? {})) {
    expect(growing?.[name as keyof typeof growing]).toBeCloseTo(score, 10);
  }
  expect((await scored({ ...hist, mask_copies: 0 }, null))[0]).not.toEqual(grown);
});
