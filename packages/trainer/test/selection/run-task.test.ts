import { SeededRandom } from "@gillnet/entity";

import { canonicalPart } from "../../src/data/canonical-part.ts";
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
});
