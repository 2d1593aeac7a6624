import { SeededRandom } from "@gillnet/entity";

import type { GroupedCells } from "../../src/data/grouped-cells.ts";
import { bootstrapIntervals } from "../../src/metrics/bootstrap-intervals.ts";
import { SCORE_NAMES, scorePredictions } from "../../src/metrics/score-predictions.ts";
import { targetsOf } from "../random-table.ts";

/** One cell a row, `copies` rows of one group each. */
function cellsOf(
  groups: readonly number[],
  labels: readonly number[],
  copies: readonly number[],
): GroupedCells {
  return {
    groups: Math.max(...groups) + 1,
    group: Int32Array.from(groups),
    vector: Int32Array.from(groups.keys()),
    label: Uint8Array.from(labels),
    unit: new Float64Array(groups.length).fill(1),
    copies: Float64Array.from(copies),
    weightUnit: 1,
  };
}

test("equals scoring each sample of the groups written out", () => {
  const random = new SeededRandom(4);
  const n = 40;
  const groups = Array.from({ length: n }, (_, i) => Math.floor(i / 3));
  const labels = groups.map(() => random.integer(2));
  const copies = groups.map(() => 1 + random.integer(3));
  const probability = Float64Array.from(
    labels,
    (y) => Math.round((0.3 * y + 0.7 * random.uniform()) * 10) / 10,
  );
  const cells = cellsOf(groups, labels, copies);
  const scores = scorePredictions(probability, targetsOf(labels, copies), 0.5);
  const replicates = 41;
  const estimates = bootstrapIntervals(
    probability,
    cells,
    0.5,
    scores,
    replicates,
    new SeededRandom(8),
  );

  const stream = new SeededRandom(8);
  const samples = Array.from({ length: replicates }, () => {
    const times = new Array<number>(cells.groups).fill(0);
    for (let i = 0; i < cells.groups; i++) times[stream.integer(cells.groups)]! += 1;
    const weights = groups.map((group, i) => (times[group] as number) * (copies[i] as number));
    return scorePredictions(probability, targetsOf(labels, weights), 0.5);
  });
  for (const name of SCORE_NAMES) {
    const values = samples.map((sample) => sample[name]).sort((a, b) => a - b);
    expect(estimates[name].value).toBe(scores[name]);
    // With 41 samples the percentiles 2.5 and 97.5 are the second and the last but one.
    expect(estimates[name].low).toBeCloseTo(values[1] as number, 12);
    expect(estimates[name].high).toBeCloseTo(values[39] as number, 12);
  }
});

test("an accuracy's interval is as wide as theory says, wider when rows come in groups", () => {
  const n = 1000;
  const labels = Array.from({ length: n }, (_, i) => i % 2);
  // Every tenth pair of rows is wrong.
  const probability = Float64Array.from(labels, (y, i) =>
    Math.floor(i / 2) % 10 === 0 ? 1 - y : y,
  );
  const scores = scorePredictions(probability, targetsOf(labels), 0.5);
  const width = (groups: readonly number[]): number => {
    const cells = cellsOf(
      groups,
      labels,
      labels.map(() => 1),
    );
    const { accuracy } = bootstrapIntervals(
      probability,
      cells,
      0.5,
      scores,
      1000,
      new SeededRandom(1),
    );
    return accuracy.high - accuracy.low;
  };
  const alone = width(labels.map((_, i) => i));
  const inPairs = width(labels.map((_, i) => Math.floor(i / 2)));
  const theory = 2 * 1.96 * Math.sqrt((0.9 * 0.1) / n);
  expect(Math.abs(alone / theory - 1)).toBeLessThan(0.1);
  expect(Math.abs(inPairs / (theory * Math.SQRT2) - 1)).toBeLessThan(0.1);
});

test("samples that lack a class are left out of the ROC AUC alone", () => {
  const cells = cellsOf([0, 1], [0, 1], [1, 1]);
  const probability = Float64Array.of(0.1, 0.9);
  const scores = scorePredictions(probability, targetsOf([0, 1]), 0.5);
  const { rocAuc, recall } = bootstrapIntervals(
    probability,
    cells,
    0.5,
    scores,
    50,
    new SeededRandom(1),
  );
  expect(rocAuc).toEqual({ value: 1, low: 1, high: 1 });
  expect(recall.low).toBe(0);
});
