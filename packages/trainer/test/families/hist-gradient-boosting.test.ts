import { readFileSync } from "node:fs";

import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { BoostingModel } from "@gillnet/model-bundle";

import type { CandidateParams, FitResult, TrainingSet } from "../../src/families/family.ts";
import { histGradientBoosting } from "../../src/families/hist-gradient-boosting.ts";
import { testClassifierContract } from "../classifier-contract.ts";
import { fitContext } from "../fit-context.ts";
import { naiveBooster } from "../naive-booster.ts";
import type { NaiveBoosterParams } from "../naive-booster.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";
import type { ColumnRecipe } from "../random-table.ts";

const PARAMS = {
  learning_rate: 0.2,
  n_estimators: 30,
  max_depth: 4,
  growth: "depth_wise",
  max_leaf_nodes: null,
  min_samples_leaf: 1,
  min_child_weight: 0.5,
  l2_regularization: 1,
  subsample: 1,
  max_features_per_tree: null,
  max_features: null,
  monotonic_constraints: null,
  early_stopping: null,
  validation_share: 0.1,
};

testClassifierContract(histGradientBoosting, PARAMS, 0.9);
testClassifierContract(
  histGradientBoosting,
  { ...PARAMS, growth: "leaf_wise", subsample: 0.7, max_features: 0.5, min_samples_leaf: 3 },
  0.8,
);

const MIXED: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3, missing: 0.2 },
  { kind: "categorical", levels: 6, missing: 0.1 },
  { kind: "numeric", levels: 200, missing: 0.1 },
  { kind: "numeric", levels: 2 },
  { kind: "numeric", levels: 1 },
  { kind: "numeric", levels: 7 },
];
const random = new SeededRandom(41);
const table = randomTable(500, MIXED, random);
// Weights that are not whole leave no two splits with equal gains, so that rounding cannot turn one into the other.
const weights = Array.from({ length: 500 }, () => 0.5 + random.uniform());
const training = trainingSetOf(table, weights);

async function fitted(set: TrainingSet, params: CandidateParams): Promise<FitResult> {
  return await histGradientBoosting.fit(set, { ...PARAMS, ...params }, fitContext(7));
}

async function modelOf(set: TrainingSet, params: CandidateParams): Promise<BoostingModel> {
  return (await fitted(set, params)).model as BoostingModel;
}

describe("it grows the trees of a naive booster in float64", () => {
  const bounds = { max_depth: 5, max_leaf_nodes: 1000, min_samples_leaf: 1 };
  const naive: NaiveBoosterParams = {
    learning_rate: 0.3,
    n_estimators: 12,
    growth: "depth_wise",
    min_child_weight: 0.5,
    l2_regularization: 1,
    monotonic: [0, 0, 0, 0, 0, 0],
    ...bounds,
  };

  test.each<readonly [string, Partial<NaiveBoosterParams>, CandidateParams]>([
    ["by levels", {}, {}],
    ["by leaves", { growth: "leaf_wise", max_leaf_nodes: 9 }, {}],
    ["with a least weight of leaves", { min_samples_leaf: 12 }, {}],
    [
      "without a penalty and without a least hessian",
      { l2_regularization: 0, min_child_weight: 0, max_depth: 3 },
      {},
    ],
    [
      "with monotonic columns",
      { monotonic: [-1, 0, 1, 0, 0, 1] },
      { monotonic_constraints: '{"column 0":-1,"column 2":1,"column 5":1}' },
    ],
    [
      "by leaves, monotonic, deep",
      { growth: "leaf_wise", max_leaf_nodes: 25, max_depth: 12, monotonic: [0, 0, -1, 0, 0, 0] },
      { monotonic_constraints: '{"column 2":-1}' },
    ],
  ])("%s", async (_, changes, constraints) => {
    const { monotonic, ...params } = { ...naive, ...changes };
    const wanted = naiveBooster(training, { ...params, monotonic });
    const model = await modelOf(training, { ...params, ...constraints });
    predictProbabilities(model, table.x).forEach((p, row) => {
      expect(Math.abs(p - (wanted[row] as number))).toBeLessThan(1e-4);
    });
  });
});

test("without bounds on the leaves, growing by leaves grows the same trees as by levels", async () => {
  const params = { max_depth: 5, max_leaf_nodes: 32, max_features: 0.6, subsample: 0.8 };
  const byLevels = await modelOf(training, params);
  const byLeaves = await modelOf(training, { ...params, growth: "leaf_wise" });
  expect(byLeaves).toEqual(byLevels);
});

test("a tree has no more leaves than it may, by levels or by leaves", async () => {
  for (const growth of ["depth_wise", "leaf_wise"]) {
    const { trees } = await modelOf(training, { growth, max_leaf_nodes: 6, max_depth: null });
    const leaves = trees.feature.filter((feature) => feature < 0).length;
    expect(leaves).toBe(6 * 30);
  }
});

test("the first trees of a larger ensemble are the smaller ensemble, early stopping or not", async () => {
  for (const early of [null, 3]) {
    const params = { early_stopping: early, subsample: 0.7, max_features: 0.5, learning_rate: 0.5 };
    const large = await modelOf(training, params);
    const small = await modelOf(training, { ...params, n_estimators: 7 });
    const first = histGradientBoosting.staged?.firstMembers(large, 7) as BoostingModel;
    // Words of later trees' categories stay in.
    expect({ ...first.trees, categoryBits: 0 }).toEqual({ ...small.trees, categoryBits: 0 });
    expect(predictProbabilities(first, table.x)).toEqual(predictProbabilities(small, table.x));
  }
});

test("early stopping ends the boosting, says so, and answers for sizes it did not reach", async () => {
  const params = { ...PARAMS, early_stopping: 3, learning_rate: 1, n_estimators: 300 };
  const { model, notes } = await fitted(training, params);
  const grown = (model as BoostingModel).trees.roots.length;
  expect(grown).toBeLessThan(300);
  expect(notes).toEqual([`Early stopping ended the boosting after ${grown} of 300 trees`]);
  const fits = [{ params, stages: [300] }] as const;
  const rows = Int32Array.from(training.targets.weight.keys());
  const { staged } = histGradientBoosting;
  const told = await staged?.probabilities?.(training, fits, rows, fitContext(7));
  const wanted = predictProbabilities(model, table.x);
  told?.[0]?.[0]?.forEach((p, row) => expect(p).toBeCloseTo(wanted[row] as number, 12));
});

test("a prediction never moves against a monotonic column, others at any values", async () => {
  const constraints = { monotonic_constraints: '{"column 2":1,"column 5":-1}' };
  const model = await modelOf(training, { ...constraints, n_estimators: 60, max_depth: 6 });
  for (const [column, sign] of [
    [2, 1],
    [5, -1],
  ] as const) {
    for (let row = 0; row < 50; row++) {
      const data = new Float64Array(60 * 6);
      for (let i = 0; i < 60; i++) {
        data.set(table.x.data.subarray(row * 6, row * 6 + 6), i * 6);
        data[i * 6 + column] = i - 2;
      }
      const answers = predictProbabilities(model, { data, rows: 60, cols: 6 });
      for (let i = 1; i < 60; i++) {
        expect(sign * ((answers[i] as number) - (answers[i - 1] as number))).toBeGreaterThanOrEqual(
          0,
        );
      }
    }
  }
});

test("missing cells go where they belong, on either side", async () => {
  // The missing cells are all positive, the values rise from negative to positive, and then the other way round.
  for (const flip of [0, 1]) {
    const values = Array.from({ length: 90 }, (_, row) => (row < 30 ? NaN : row));
    const labels = Uint8Array.from(values, (v) => Number(Number.isNaN(v) || v >= 60) ^ flip);
    const x = { data: Float64Array.from(values), rows: 90, cols: 1 };
    const set = trainingSetOf({ x, features: [{ kind: "numeric", name: "a" }], labels });
    const { trees } = await modelOf(set, { n_estimators: 1, max_depth: 1, min_child_weight: 1 });
    expect(trees.missingLeft[0]).toBe(0);
    expect(trees.threshold[0]).toBe(59.5);
    const answers = predictProbabilities(await modelOf(set, {}), x);
    answers.forEach((p, row) => expect(p > 0.5).toBe(labels[row] === 1));
  }
});

test("a constraint on a column that is not numeric, or not there, is an error before any work", async () => {
  for (const name of ["column 1", "no such"]) {
    const params = { monotonic_constraints: JSON.stringify({ [name]: 1 }) };
    await expect(fitted(training, params)).rejects.toMatchObject({
      code: "TRAINER_BAD_CONSTRAINT",
    });
  }
});

test("a tree uses no more columns than it draws, and the next one draws others", async () => {
  const { trees } = await modelOf(training, { max_features_per_tree: 0.5, max_features: 0.7 });
  trees.roots.forEach((root, tree) => {
    const end = trees.roots[tree + 1] ?? trees.feature.length;
    const used = trees.feature.subarray(root, end).filter((column) => column >= 0);
    expect(new Set(used).size).toBeLessThanOrEqual(3);
  });
  // Every column but the constant one, and -1 at leaves.
  expect(new Set(trees.feature).size).toBe(6);
});

interface XgboostCase {
  readonly name: string;
  readonly params: CandidateParams;
  readonly x: readonly (readonly (number | null)[])[];
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly probabilities: readonly number[];
}

const fixture = new URL("../fixtures/hist-boosting.json", import.meta.url);
const { cases, tolerance } = JSON.parse(readFileSync(fixture, "utf8")) as {
  readonly cases: readonly XgboostCase[];
  readonly tolerance: number;
};

test.each(cases)(
  "XGBoost answers the same: $name",
  async ({ x, y, weight, params, probabilities }) => {
    const cols = x[0]?.length as number;
    const matrix = { data: Float64Array.from(x.flat(), (v) => v ?? NaN), rows: x.length, cols };
    const features = Array.from(
      { length: cols },
      (_, i) => ({ kind: "numeric", name: `${i}` }) as const,
    );
    const set = trainingSetOf({ x: matrix, features, labels: Uint8Array.from(y) }, weight);
    const answers = predictProbabilities(await modelOf(set, params), matrix);
    answers.forEach((p, row) => {
      expect(Math.abs(p - (probabilities[row] as number))).toBeLessThan(tolerance);
    });
  },
);
