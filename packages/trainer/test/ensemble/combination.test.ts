import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { LogisticModel } from "@gillnet/model-bundle";

import { combineAnswers, fitCombination } from "../../src/ensemble/combination.ts";
import type { Combination } from "../../src/ensemble/combination.ts";
import { combineModels } from "../../src/ensemble/ensemble-entry.ts";

const random = new SeededRandom(8);
const truth = Float64Array.from({ length: 300 }, () => random.uniform());
const targets = {
  weight: truth.map(() => 1 + random.integer(3)),
  sum: truth.map(() => 0),
};
truth.forEach((p, row) => {
  targets.sum[row] = random.uniform() < p ? (targets.weight[row] as number) : 0;
});
const answers = [0.9, 0.6, 0.3].map((skill) =>
  truth.map((p) => skill * p + (1 - skill) * random.uniform()),
);
const logOdds = (p: number): number => {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(kept / (1 - kept));
};

test("an average drops weights below 0.001, and the rest is 1 together", () => {
  const useless = truth.map((p) => 0.9 - 0.8 * p);
  const fitted = fitCombination("average", [...answers, useless], targets);
  if (fitted.kind !== "average") throw new Error("no average");
  expect(fitted.weights[3]).toBe(0);
  expect(fitted.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  for (const weight of fitted.weights) expect(weight === 0 || weight >= 1e-3).toBe(true);
});

test("a stack is where the penalised log loss is flat", () => {
  const clipped = [...answers, truth.map((p) => (p > 0.99 ? 1 : 0.5))];
  const stack = fitCombination("stacking", clipped, targets);
  if (stack.kind !== "stacking") throw new Error("no stack");
  const { intercept, coefficients } = stack;
  // The gradient of sum(weight * log loss) + |coefficients|^2 / 2, by the book.
  const gradient = new Float64Array(5);
  targets.weight.forEach((weight, row) => {
    const inputs = clipped.map((answer) => logOdds(answer[row] as number));
    const margin = inputs.reduce((sum, z, m) => sum + (coefficients[m] as number) * z, intercept);
    const residual = weight / (1 + Math.exp(-margin)) - (targets.sum[row] as number);
    [1, ...inputs].forEach((z, k) => (gradient[k] = (gradient[k] as number) + residual * z));
  });
  coefficients.forEach((value, m) => (gradient[m + 1] = (gradient[m + 1] as number) + value));
  for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-4);
});

const linear = (slope: number): LogisticModel => ({
  kind: "logistic",
  intercept: 0.3,
  start: Int32Array.of(0),
  coefficients: Float64Array.of(slope),
  center: Float64Array.of(0.5),
  scale: Float64Array.of(1),
});

test.each<Combination>([
  { kind: "average", weights: Float64Array.of(0.7, 0.3) },
  { kind: "stacking", intercept: -0.2, coefficients: Float64Array.of(1.5, -0.4) },
])("combined answers are the bundle's own, to the last bit: %j", (combination) => {
  const models = [linear(40), linear(-3)];
  const matrix = { data: truth, rows: 300, cols: 1 };
  const single = models.map((model) => predictProbabilities(model, matrix));
  expect(combineAnswers(combination, single)).toEqual(
    predictProbabilities(combineModels(combination, models), matrix),
  );
});
