import { readFileSync } from "node:fs";

import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { BoostingModel, ForestModel } from "@gillnet/model-bundle";

import { weighClasses } from "../../src/data/weigh-classes.ts";
import { boostingKernels } from "../../src/engine/boosting/kernel.ts";
import { Subsample } from "../../src/engine/boosting/subsample.ts";
import { Bootstrap } from "../../src/engine/bootstrap.ts";
import { sampledRows } from "../../src/families/family.ts";
import type { CandidateParams, ParamValue } from "../../src/families/family.ts";
import { FAMILIES, familyNamed } from "../../src/families/registry.ts";
import { fitContext } from "../fit-context.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";
import type { RandomTable } from "../random-table.ts";

const drawn = randomTable(
  300,
  Array.from({ length: 4 }, () => ({ kind: "numeric", levels: 9 }) as const),
  new SeededRandom(8),
);
const weights = Array.from(drawn.labels, (_, row) => 1 + (row % 3));
const training = trainingSetOf(drawn, weights);
const total = weights.reduce((sum, weight) => sum + weight, 0);
const ofPositive = training.targets.sum.reduce((sum, weight) => sum + weight, 0);

const sumsOf = (rows: Float64Array): number => rows.reduce((sum, weight) => sum + weight, 0);

test("balanced gives each class half of the weight, and leaves the set itself alone", () => {
  const before = structuredClone(training);
  const { targets, weightUnit } = weighClasses(training, "balanced");
  expect(sumsOf(targets.sum)).toBeCloseTo(total / 2, 9);
  expect(sumsOf(targets.weight)).toBeCloseTo(total, 9);
  expect(weightUnit).toBeCloseTo(1, 12);
  expect(training).toEqual(before);
});

test("a number multiplies the positive rows, and the mean row weighs accordingly", () => {
  const { targets, weightUnit, sampled } = weighClasses(training, 5);
  training.targets.sum.forEach((positive, row) => {
    const negative = (training.targets.weight[row] as number) - positive;
    expect(targets.sum[row]).toBe(5 * positive);
    expect(targets.weight[row]).toBe(5 * positive + negative);
  });
  expect(weightUnit).toBeCloseTo((total + 4 * ofPositive) / total, 12);
  expect(sampled?.targets).toBe(training.targets);
});

test.each([null, undefined, 1])("%s changes nothing", (classWeight) => {
  expect(weighClasses(training, classWeight)).toBe(training);
});

test("balanced counts the rows of the set: those that a fold holds out have no part", () => {
  const half = {
    sum: training.targets.sum.map((sum, row) => (row % 2 === 0 ? sum : 0)),
    weight: training.targets.weight.map((weight, row) => (row % 2 === 0 ? weight : 0)),
  };
  const { targets } = weighClasses({ ...training, targets: half }, "balanced");
  expect(sumsOf(targets.weight)).toBeCloseTo(sumsOf(half.weight), 9);
  expect(sumsOf(targets.sum)).toBeCloseTo(sumsOf(half.weight) / 2, 9);
});

test.each([
  [
    "a bootstrap",
    ({ targets, weightUnit, classWeights }: ReturnType<typeof sampledRows>) =>
      new Bootstrap(targets, weightUnit, classWeights),
  ],
  [
    "a subsample",
    ({ targets, weightUnit, classWeights }: ReturnType<typeof sampledRows>) =>
      new Subsample(targets, 0.6, weightUnit, boostingKernels.take(), classWeights),
  ],
] as const)("%s draws the same rows whatever the classes weigh, and weighs them then", (_, of) => {
  const plain = of(sampledRows(training)).draw(new SeededRandom(3));
  const weighed = of(sampledRows(weighClasses(training, 4))).draw(new SeededRandom(3));
  plain.sum.forEach((positive, row) => {
    expect(weighed.sum[row]).toBe(4 * positive);
    expect(weighed.weight[row]).toBe((plain.weight[row] as number) + 3 * positive);
  });
});

/** Parameters that every family can be fitted with. */
const PARAMS: CandidateParams = {
  criterion: "gini",
  max_depth: 3,
  min_samples_leaf: 1,
  min_samples_split: 2,
  max_features: null,
  bootstrap: true,
  learning_rate: 0.2,
  subsample: 0.7,
  n_estimators: 12,
  C: 1,
  max_iter: 100,
  standardize: false,
  hidden_layer_sizes: "8",
  batch_size: 100,
  dropout: 0,
  l2_regularization: 0,
  epochs: 10,
  validation_share: 0.1,
  growth: "depth_wise",
  max_leaf_nodes: null,
  min_child_weight: 0,
  early_stopping: null,
};

async function answersOf(
  family: string,
  params: CandidateParams,
  classWeight: ParamValue,
  set = training,
): Promise<Float64Array> {
  const weighed = weighClasses(set, classWeight);
  const { model } = await familyNamed(family).fit(weighed, { ...PARAMS, ...params }, fitContext(0));
  return predictProbabilities(model, set.x);
}

describe.each(FAMILIES.map(({ name, paramNames }) => [name, paramNames] as const))(
  "%s",
  (family, paramNames) => {
    test("the heavier the positive class, the higher the answers", async () => {
      expect(paramNames).toContain("class_weight");
      const means = await Promise.all(
        [0.2, 1, 5].map(async (w) => sumsOf(await answersOf(family, {}, w)) / 300),
      );
      expect(means).toEqual(means.toSorted((a, b) => a - b));
      expect(new Set(means).size).toBe(3);
    });
  },
);

test("a forest's limits count drawn rows by the mean weight, and its nodes cover weighed rows", async () => {
  const fit = async (classWeight: ParamValue): Promise<ForestModel> => {
    const params = { ...PARAMS, max_depth: null, min_samples_leaf: 40, n_estimators: 5 };
    const weighed = weighClasses(training, classWeight);
    return (await familyNamed("random_forest").fit(weighed, params, fitContext(0)))
      .model as ForestModel;
  };
  const unit = weighClasses(training, 50).weightUnit;
  const { trees } = await fit(50);
  trees.feature.forEach((feature, node) => {
    if (feature < 0) expect((trees.cover[node] as number) / unit).toBeGreaterThanOrEqual(40);
  });
  expect((await fit(null)).trees.cover[0]).toBe(total);
});

test("a booster's subsample holds a row of a heavy class as a whole or not at all", async () => {
  const x = { data: Float64Array.of(0, 1, 2), rows: 3, cols: 1 };
  const table: RandomTable = {
    x,
    features: [{ kind: "numeric", name: "a" }],
    labels: Uint8Array.of(1, 0, 0),
  };
  const set = weighClasses(trainingSetOf(table, [1, 3, 2]), 4);
  const params = {
    ...PARAMS,
    max_depth: 1,
    subsample: 0.5,
    n_estimators: 1,
    learning_rate: 1,
    l2_regularization: 1,
  };
  const answers = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const { model } = await familyNamed("hist_gradient_boosting").fit(
      set,
      params,
      fitContext(seed),
    );
    const { trees, initial } = model as BoostingModel;
    // The positive row's leaf, when the tree has it by itself.
    if (trees.feature[0] !== 0 || (trees.threshold[0] as number) > 1) continue;
    const p = 1 / (1 + Math.exp(-initial));
    const whole = (4 * (1 - p)) / (4 * p * (1 - p) + 1);
    const value = trees.value[trees.left[0] as number] as number;
    answers.add(Math.abs(value - whole) < 1e-3 ? "whole" : value.toFixed(3));
  }
  expect([...answers]).toEqual(["whole"]);
});

interface WeightCase {
  readonly family: string;
  readonly classWeight: string;
  readonly params: CandidateParams;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly probabilities: readonly number[];
}

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/class-weights.json", import.meta.url), "utf8"),
) as { readonly tolerance: number; readonly cases: readonly WeightCase[] };

test.each(fixture.cases)(
  "scikit-learn answers the same: $family, $classWeight",
  async ({ family, classWeight, params, x, y, weight, probabilities }) => {
    const table: RandomTable = {
      x: { data: Float64Array.from(x.flat()), rows: x.length, cols: 4 },
      features: [0, 1, 2, 3].map((i) => ({ kind: "numeric" as const, name: `${i}` })),
      labels: Uint8Array.from(y),
    };
    const value = classWeight === "balanced" ? classWeight : Number(classWeight);
    const set = trainingSetOf(table, weight);
    const answers = await answersOf(family, { subsample: 1, ...params }, value, set);
    answers.forEach((answer, row) => {
      expect(Math.abs(answer - (probabilities[row] as number))).toBeLessThan(fixture.tolerance);
    });
  },
);
