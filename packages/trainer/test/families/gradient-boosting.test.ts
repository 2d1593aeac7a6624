import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { BoostingModel } from "@gillnet/model-bundle";

import { gradientBoosting } from "../../src/families/gradient-boosting.ts";
import { testClassifierContract } from "../classifier-contract.ts";
import { fitContext } from "../fit-context.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

const PARAMS = {
  learning_rate: 0.2,
  subsample: 1,
  n_estimators: 30,
  max_depth: 3,
  min_samples_leaf: 1,
  min_samples_split: 2,
  max_features: null,
};

testClassifierContract(gradientBoosting, PARAMS, 0.93);
testClassifierContract(gradientBoosting, { ...PARAMS, subsample: 0.6, max_features: "sqrt" }, 0.87);

const table = randomTable(
  300,
  [
    { kind: "numeric", levels: 3 },
    { kind: "numeric", levels: 3 },
    { kind: "categorical", levels: 4, missing: 0.1 },
  ],
  new SeededRandom(3),
);
const training = trainingSetOf(table);

async function fit(params: object): Promise<BoostingModel> {
  const all = { ...PARAMS, ...params };
  return (await gradientBoosting.fit(training, all, fitContext(1))).model as BoostingModel;
}

test("the initial score is the log-odds of the prior", async () => {
  const share = table.labels.reduce((sum, y) => sum + y, 0) / 300;
  expect((await fit({})).initial).toBeCloseTo(Math.log(share / (1 - share)), 12);
});

test("a leaf answers with a Newton step, an inner node with that of all its rows", async () => {
  const { trees, initial } = await fit({ n_estimators: 1, learning_rate: 1 });
  const p = 1 / (1 + Math.exp(-initial));
  const positives = table.labels.reduce((sum, y) => sum + y, 0);
  expect(trees.value[0]).toBeCloseTo((positives - 300 * p) / (300 * p * (1 - p)), 12);
  expect(trees.cover[0]).toBe(300);
});

test("the root of a subsample's tree covers the share of the rows, rounded down", async () => {
  const { trees } = await fit({ subsample: 0.37, n_estimators: 5 });
  for (const root of trees.roots) expect(trees.cover[root]).toBe(111);
});

test("learning rates draw the same rows", async () => {
  const slow = await fit({ subsample: 0.5, learning_rate: 0.001 });
  const fast = await fit({ subsample: 0.5, learning_rate: 0.5 });
  const first = ({ trees }: BoostingModel): number[] =>
    Array.from(trees.cover.subarray(0, trees.roots[1]));
  expect(first(slow)).toEqual(first(fast));
});

test("classes that part at once keep finite answers, however many trees and however fast", async () => {
  const x = { data: Float64Array.of(0, 1, 2, 3), rows: 4, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const apart = trainingSetOf({ x, features, labels: Uint8Array.of(0, 0, 1, 1) });
  const params = { ...PARAMS, learning_rate: 10, n_estimators: 400 };
  const { model } = await gradientBoosting.fit(apart, params, fitContext(1));
  expect((model as BoostingModel).trees.value.every(Number.isFinite)).toBe(true);
  const answers = predictProbabilities(model, x);
  expect(answers.every((p, row) => Math.abs(p - (row < 2 ? 0 : 1)) < 1e-6)).toBe(true);
});
