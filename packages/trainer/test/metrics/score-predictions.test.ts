import { readFileSync } from "node:fs";

import type { ClassificationScores, ConfusionCounts } from "@gillnet/entity";

import { confusionOf } from "../../src/metrics/confusion.ts";
import { meanScores, SCORE_NAMES, scorePredictions } from "../../src/metrics/score-predictions.ts";
import { targetsOf } from "../random-table.ts";

interface MetricCase {
  readonly name: string;
  readonly probability: readonly number[];
  readonly y: readonly number[];
  readonly weight: readonly number[];
  readonly confusion: ConfusionCounts;
  readonly scores: ClassificationScores;
}

const fixture = new URL("../fixtures/metrics.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, "utf8")) as { cases: readonly MetricCase[] };

test.each(cases)("scikit-learn agrees: $name", ({ probability, y, weight, confusion, scores }) => {
  const targets = targetsOf(y, weight);
  const answers = Float64Array.from(probability);
  expect(confusionOf(answers, targets, 0.5)).toEqual(confusion);
  const own = scorePredictions(answers, targets, 0.5);
  for (const name of SCORE_NAMES) {
    // It clips p alone, and in doubles 1 - (1 - 1e-15) is not quite 1e-15: sure mistakes differ a little.
    expect(Math.abs(own[name] / scores[name] - 1)).toBeLessThan(name === "logLoss" ? 1e-4 : 1e-12);
  }
});

test("means are taken score by score", () => {
  const first = scorePredictions(Float64Array.of(0.9, 0.2), targetsOf([1, 0]), 0.5);
  const second = scorePredictions(Float64Array.of(0.9, 0.6), targetsOf([1, 0]), 0.5);
  const mean = meanScores([first, second]);
  expect(mean.accuracy).toBe(0.75);
  expect(mean.logLoss).toBe((first.logLoss + second.logLoss) / 2);
  expect(Object.keys(mean)).toEqual(SCORE_NAMES);
});
