import { confusionOf, scoresOfCounts, swapClasses } from "../../src/metrics/confusion.ts";
import { targetsOf } from "../random-table.ts";

test("a probability at the threshold is positive; rows of both labels count on both sides", () => {
  const targets = { sum: Float64Array.of(1, 2, 0), weight: Float64Array.of(3, 2, 5) };
  expect(confusionOf(Float64Array.of(0.5, 0.4, 0.1), targets, 0.5)).toEqual({
    truePositive: 1,
    falsePositive: 2,
    trueNegative: 5,
    falseNegative: 2,
  });
});

test("a share of nothing is 0", () => {
  const counts = confusionOf(Float64Array.of(0.1, 0.1), targetsOf([0, 0]), 0.5);
  expect(scoresOfCounts(counts)).toEqual({
    accuracy: 1,
    precision: 0,
    recall: 0,
    f1: 0,
    falsePositiveRate: 0,
  });
});

test("swapping the classes twice changes nothing", () => {
  const counts = { truePositive: 1, falsePositive: 2, trueNegative: 3, falseNegative: 4 };
  expect(swapClasses(counts)).toEqual({
    truePositive: 3,
    falsePositive: 4,
    trueNegative: 1,
    falseNegative: 2,
  });
  expect(swapClasses(swapClasses(counts))).toEqual(counts);
});
