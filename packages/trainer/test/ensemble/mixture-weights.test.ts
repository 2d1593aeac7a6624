import { SeededRandom } from "@gillnet/entity";

import type { RowTargets } from "../../src/engine/dtypes.ts";
import { mixtureWeights } from "../../src/ensemble/mixture-weights.ts";
import { logLoss } from "../../src/metrics/log-loss.ts";

interface Problem {
  readonly answers: readonly Float64Array[];
  readonly targets: RowTargets;
}

/** Rows with both classes and any weights; models that know more or less of the truth. */
function problem(seed: number, rows: number, skills: readonly number[]): Problem {
  const random = new SeededRandom(seed);
  const truth = Float64Array.from({ length: rows }, () => random.uniform());
  const weight = truth.map(() => 0.2 + random.uniform());
  const sum = truth.map((p, row) => {
    const w = weight[row] as number;
    return row % 7 === 0 ? w * p : random.uniform() < p ? w : 0;
  });
  const answers = skills.map((skill) =>
    truth.map((p) => skill * p + (1 - skill) * random.uniform()),
  );
  return { answers, targets: { sum, weight } };
}

function lossOf(weights: ArrayLike<number>, { answers, targets }: Problem): number {
  const mixed = targets.weight.map((_, row) =>
    answers.reduce((sum, answer, m) => sum + (weights[m] as number) * (answer[row] as number), 0),
  );
  return logLoss(mixed, targets);
}

/** Expectation and maximisation, which lowers the loss at every step: slow, and sure. */
function naiveWeights({ answers, targets }: Problem, steps: number): number[] {
  let weights = answers.map(() => 1 / answers.length);
  const total = targets.weight.reduce((sum, weight) => sum + weight, 0);
  for (let step = 0; step < steps; step++) {
    const next = answers.map(() => 0);
    targets.weight.forEach((weight, row) => {
      const positive = targets.sum[row] as number;
      const mix = (part: (p: number) => number): number =>
        answers.reduce(
          (sum, answer, m) => sum + (weights[m] as number) * part(answer[row] as number),
          0,
        );
      const [ofPositive, ofNegative] = [mix((p) => p), mix((p) => 1 - p)];
      answers.forEach((answer, m) => {
        const p = answer[row] as number;
        const share = (positive * p) / ofPositive + ((weight - positive) * (1 - p)) / ofNegative;
        next[m] = (next[m] as number) + ((weights[m] as number) * share) / total;
      });
    });
    weights = next;
  }
  return weights;
}

test.each([
  [1, [0.9, 0.5]],
  [2, [0.7, 0.7, 0.7]],
  [3, [0.95, 0.9, 0.2, 0]],
  [4, [0.3, 0.2, 0.8, 0.5, 0.6, 0.1, 0.4]],
])("problem %i: no worse than many steps of EM, and nearly the same weights", (seed, skills) => {
  const given = problem(seed, 300, skills);
  const weights = mixtureWeights(given.answers, given.targets);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  const naive = naiveWeights(given, 4000);
  expect(lossOf(weights, given)).toBeLessThanOrEqual(lossOf(naive, given) + 1e-10);
  // The same minimum: EM creeps towards it for ever.
  expect(lossOf(naive, given) - lossOf(weights, given)).toBeLessThan(1e-4);
  weights.forEach((weight, m) => expect(weight).toBeCloseTo(naive[m] as number, 1));
});

test("two models: no weight of a fine grid is better", () => {
  const given = problem(5, 200, [0.8, 0.6]);
  const loss = lossOf(mixtureWeights(given.answers, given.targets), given);
  for (let step = 0; step <= 1000; step++) {
    expect(loss).toBeLessThanOrEqual(lossOf([step / 1000, 1 - step / 1000], given) + 1e-12);
  }
});

test("a model that adds nothing has no weight; twins share theirs", () => {
  const { answers, targets } = problem(6, 400, [0.9, 0]);
  const [good, bad] = answers as [Float64Array, Float64Array];
  expect(mixtureWeights([good, bad.map((p) => 0.5 * p)], targets)[1]).toBeLessThan(1e-9);
  const twins = mixtureWeights([good, good, bad.map((p) => 0.5 * p)], targets);
  expect((twins[0] as number) + (twins[1] as number)).toBeCloseTo(1, 9);
});

test("sure and wrong answers are no trouble", () => {
  const targets = { sum: Float64Array.of(1, 0, 1, 0), weight: Float64Array.of(1, 1, 1, 1) };
  const sure = Float64Array.of(1, 0, 0, 1);
  const unsure = new Float64Array(4).fill(0.5);
  const weights = mixtureWeights([sure, unsure], targets);
  // Half of the sure ones are wrong, so that being sure is worth nothing: by symmetry the derivative at 0 is 0.
  expect(weights[0]).toBeLessThan(1e-3);
  expect(weights[1]).toBeGreaterThan(0.999);
  expect(mixtureWeights([sure], targets)).toEqual(Float64Array.of(1));
});
