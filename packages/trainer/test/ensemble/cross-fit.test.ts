import { SeededRandom } from "@gillnet/entity";
import type { ClassificationScores } from "@gillnet/entity";

import { canonicalPart } from "../../src/data/canonical-part.ts";
import { combineAnswers, fitCombination } from "../../src/ensemble/combination.ts";
import { crossFit } from "../../src/ensemble/cross-fit.ts";
import { runCombineTask } from "../../src/ensemble/run-combine-task.ts";
import type { CombineTask } from "../../src/ensemble/run-combine-task.ts";
import { scorePredictions } from "../../src/metrics/score-predictions.ts";
import { heldOutRows } from "../../src/selection/held-out-rows.ts";
import { prepareSearch } from "../../src/selection/prepare-search.ts";
import { runPredictTask, runScoreTask } from "../../src/selection/run-task.ts";
import type { PredictTask } from "../../src/selection/run-task.ts";
import { randomTable } from "../random-table.ts";

const FOLDS = 3;
const table = randomTable(
  240,
  [
    { kind: "numeric", levels: 9 },
    { kind: "numeric", levels: 5 },
  ],
  new SeededRandom(2),
);
const matrix = new Float64Array(720);
const about = new Float64Array(720);
table.labels.forEach((label, row) => {
  matrix.set([...table.x.data.slice(2 * row, 2 * row + 2), label], 3 * row);
  about.set([row, row, 1 + (row % 3)], 3 * row);
});
const part = canonicalPart(
  { data: matrix, rows: 240, cols: 3 },
  { data: about, rows: 240, cols: 3 },
  table.features,
  "training",
);
const data = prepareSearch(part, table.features, "group", FOLDS, 1);
const members = [
  { family: "logistic_regression", params: { C: 1, max_iter: 100, standardize: true } },
  {
    family: "gradient_boosting",
    params: {
      learning_rate: 0.2,
      subsample: 1,
      n_estimators: 12,
      max_depth: 2,
      min_samples_leaf: 1,
      min_samples_split: 2,
      max_features: null,
    },
  },
];
/** Does the tasks here and now, as a worker would. */
const pool = {
  run: async <Result>(task: unknown): Promise<Result> => {
    const { kind } = task as PredictTask | CombineTask;
    const result =
      kind === "predict"
        ? await runPredictTask(data, task as PredictTask, () => {})
        : runCombineTask(data, task as CombineTask);
    return result as Result;
  },
};
const context = { threads: 2, now: (): Date => new Date(0), onProgress: (): void => {} };

test("the answers that are combined are those that the search scores", async () => {
  for (const { family, params } of members) {
    const task = { family, params, folds: "random", fold: 1 } as const;
    const answer = await runPredictTask(data, { ...task, kind: "predict" }, () => {});
    const { rows, targets } = heldOutRows(data.folds.random, data.x.rows, 1);
    expect(answer.length).toBe(rows.length);
    const stages = family === "gradient_boosting" ? [12] : null;
    const score = { ...task, kind: "score", fits: [{ params, stages }] } as const;
    const [scores] = await runScoreTask(data, score, () => {});
    expect(scorePredictions(answer, targets, 0.5)).toEqual(scores);
  }
});

test.each([
  ["average", "selection"],
  ["stacking", "random"],
] as const)("%s on %s folds: a fold's rows have no say in its score", async (method, folds) => {
  const fit = await crossFit(pool, members, method, folds, FOLDS, context);
  // The long way round: for each fold, the rows of all others, one by one.
  const rowsOf = async (
    wanted: readonly number[],
  ): Promise<{ answers: Float64Array[]; sum: number[]; weight: number[] }> => {
    const answers: number[][] = members.map(() => []);
    const sum: number[] = [];
    const weight: number[] = [];
    for (const fold of wanted) {
      const { targets } = heldOutRows(data.folds[folds], data.x.rows, fold);
      sum.push(...targets.sum);
      weight.push(...targets.weight);
      for (const [m, { family, params }] of members.entries()) {
        const task = { kind: "predict", family, params, folds, fold } as const;
        answers[m]?.push(...(await runPredictTask(data, task, () => {})));
      }
    }
    return { answers: answers.map((each) => Float64Array.from(each)), sum, weight };
  };
  const scores: ClassificationScores[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = await rowsOf([0, 1, 2].filter((each) => each !== fold));
    const own = await rowsOf([fold]);
    const combination = fitCombination(method, others.answers, {
      sum: Float64Array.from(others.sum),
      weight: Float64Array.from(others.weight),
    });
    const targets = { sum: Float64Array.from(own.sum), weight: Float64Array.from(own.weight) };
    scores.push(scorePredictions(combineAnswers(combination, own.answers), targets, 0.5));
  }
  expect(fit.foldScores).toEqual(scores);
  const all = await rowsOf([0, 1, 2]);
  expect(fit.combination).toEqual(
    fitCombination(method, all.answers, {
      sum: Float64Array.from(all.sum),
      weight: Float64Array.from(all.weight),
    }),
  );
});
