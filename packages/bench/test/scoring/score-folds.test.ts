import { SeededRandom } from "@gillnet/entity";
import { logLoss } from "../../../trainer/src/metrics/log-loss.ts";
import { rocAuc } from "../../../trainer/src/metrics/roc-auc.ts";
import { scorePredictions } from "../../../trainer/src/metrics/score-predictions.ts";
import { thresholdPoints } from "../../../trainer/src/metrics/threshold-points.ts";
import { accuracyAndF1 } from "../../src/scoring/accuracy-and-f1.ts";
import { METRIC_NAMES, scoreFolds } from "../../src/scoring/score-folds.ts";

const ROWS = 900;
const FOLDS = 6;

/** Probabilities on a grid of 40 values, so that there are ties, that tell something about the label. */
function drawn(seed: number): {
  probability: Float64Array;
  labels: Uint8Array;
  folds: Uint8Array;
} {
  const random = new SeededRandom(seed);
  const labels = Uint8Array.from({ length: ROWS }, () => (random.uniform() < 0.4 ? 1 : 0));
  const probability = Float64Array.from(labels, (label) => {
    const p = 0.6 * random.uniform() + 0.35 * label + 0.02;
    return Math.round(p * 40) / 41 + 0.01;
  });
  return { probability, labels, folds: Uint8Array.from(labels, (_, row) => row % FOLDS) };
}

function targetsOf(labels: Uint8Array): { sum: Float64Array; weight: Float64Array } {
  return { sum: Float64Array.from(labels), weight: new Float64Array(labels.length).fill(1) };
}

function inFold<T extends Float64Array | Uint8Array>(
  values: T,
  folds: Uint8Array,
  fold: number,
): T {
  return values.filter((_: number, row: number) => folds[row] === fold) as T;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test.each([1, 2, 3])("gives the means of the trainer's metrics over folds (seed %i)", (seed) => {
  const { probability, labels, folds } = drawn(seed);
  const scores = scoreFolds(probability, labels, folds);
  const each = (metric: (p: Float64Array, t: ReturnType<typeof targetsOf>) => number): number[] =>
    Array.from({ length: FOLDS }, (_, fold) =>
      metric(inFold(probability, folds, fold), targetsOf(inFold(labels, folds, fold))),
    );
  const accuracy = each((p, t) => scorePredictions(p, t, 0.5).accuracy);
  expect(scores.accuracy.value).toBeCloseTo(mean(accuracy), 12);
  expect(scores.rocAuc.value).toBeCloseTo(mean(each(rocAuc)), 12);
  expect(scores.logLoss.value).toBeCloseTo(mean(each(logLoss)), 12);
  // The jackknife of a mean is the usual standard error.
  const center = mean(accuracy);
  const variance = accuracy.reduce((sum, value) => sum + (value - center) ** 2, 0) / (FOLDS - 1);
  expect(scores.accuracy.standardError).toBeCloseTo(Math.sqrt(variance / FOLDS), 12);
});

test.each([4, 5, 6])("reads recalls off the trainer's ROC curve (seed %i)", (seed) => {
  const { probability, labels, folds } = drawn(seed);
  const points = thresholdPoints(probability, targetsOf(labels), Infinity);
  const recallAt = (bound: number): number =>
    Math.max(
      0,
      ...points
        .filter(({ falsePositiveRate }) => falsePositiveRate <= bound)
        .map(({ recall }) => recall),
    );
  const scores = scoreFolds(probability, labels, folds);
  expect(scores.recallAt1Percent.value).toBeCloseTo(recallAt(0.01), 12);
  expect(scores.recallAt01Percent.value).toBeCloseTo(recallAt(0.001), 12);
  expect(scores.recallAt1Percent.standardError).toBeGreaterThan(0);
});

test("perfect answers score perfectly, constant ones by chance", () => {
  const { labels, folds } = drawn(7);
  const perfect = scoreFolds(Float64Array.from(labels), labels, folds);
  const values = METRIC_NAMES.map((metric) => perfect[metric].value);
  expect(values.map((value) => Number(value.toFixed(4)))).toEqual([1, 1, 0, 1, 1]);
  const constant = scoreFolds(new Float64Array(ROWS).fill(0.5), labels, folds);
  expect(constant.rocAuc.value).toBe(0.5);
  expect(constant.recallAt1Percent.value).toBe(0);
  expect(constant.logLoss.value).toBeCloseTo(Math.LN2, 12);
});

test("accuracy and F1 of one part are the trainer's", () => {
  const { probability, labels } = drawn(8);
  const expected = scorePredictions(probability, targetsOf(labels), 0.5);
  const { accuracy, f1 } = accuracyAndF1(probability, labels);
  expect(accuracy).toBeCloseTo(expected.accuracy, 12);
  expect(f1).toBeCloseTo(expected.f1, 12);
});
