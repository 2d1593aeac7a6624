import { SeededRandom } from "@gillnet/entity";

import { drawBinomial } from "../../src/engine/binomial.ts";

/** Chances of 0 to `trials` successes. */
function chances(trials: number, p: number): number[] {
  const result = [(1 - p) ** trials];
  for (let k = 1; k <= trials; k++) {
    result.push(((result[k - 1] as number) * (trials - k + 1) * p) / (k * (1 - p)));
  }
  return result;
}

test.each([
  ["counted up", 5, 0.3],
  ["counted up, most succeed", 9, 0.8],
  ["counted up, rare", 400, 0.01],
  ["rejection", 60, 0.4],
  ["rejection, most succeed", 90, 0.85],
  ["rejection, larger tables", 300, 0.2],
] as const)("values come as often as they should: %s", (_, trials, p) => {
  const random = new SeededRandom(6);
  const draws = 40_000;
  const counts = new Float64Array(trials + 1);
  for (let i = 0; i < draws; i++) {
    const value = drawBinomial(trials, p, random);
    counts[value] = (counts[value] as number) + 1;
  }
  // Pearson's statistic over the values that are expected ten times at least.
  let statistic = 0;
  let cells = 0;
  chances(trials, p).forEach((chance, value) => {
    const expected = chance * draws;
    if (expected < 10) return;
    statistic += ((counts[value] as number) - expected) ** 2 / expected;
    cells++;
  });
  // Its mean is `cells` or less, its deviation the root of twice that.
  expect(statistic).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
});

test("large numbers keep their mean and deviation", () => {
  const random = new SeededRandom(7);
  const values = Array.from({ length: 4000 }, () => drawBinomial(1e9, 0.25, random));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  const expected = 1e9 * 0.25 * 0.75;
  expect(Math.abs(mean - 2.5e8)).toBeLessThan(4 * Math.sqrt(expected / values.length));
  expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
});

test("nothing to draw", () => {
  const random = new SeededRandom(8);
  expect(drawBinomial(0, 0.5, random)).toBe(0);
  expect(drawBinomial(7, 0, random)).toBe(0);
  expect(drawBinomial(7, 1, random)).toBe(7);
});
