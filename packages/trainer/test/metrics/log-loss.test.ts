import { logLoss, lossOfNegative, lossOfPositive } from "../../src/metrics/log-loss.ts";

test("a sure mistake costs 34.5, a sure hit next to nothing", () => {
  expect(lossOfPositive(0)).toBeCloseTo(34.54, 2);
  expect(lossOfNegative(1)).toBeCloseTo(34.54, 2);
  expect(lossOfPositive(1)).toBeLessThan(2e-15);
  expect(lossOfNegative(0)).toBeLessThan(2e-15);
});

test("a row of weight 0 takes no part", () => {
  const targets = { sum: Float64Array.of(1, 0), weight: Float64Array.of(2, 0) };
  expect(logLoss(Float64Array.of(0.5, 1), targets)).toBeCloseTo(Math.LN2, 15);
});
