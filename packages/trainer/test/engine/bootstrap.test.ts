import { SeededRandom } from "@gillnet/entity";

import { Bootstrap } from "../../src/engine/bootstrap.ts";

const targets = {
  sum: Float64Array.of(0, 3, 1, 0, 2),
  weight: Float64Array.of(2, 3, 5, 0, 3),
};

test("a sample has as many rows as the weights stand for", () => {
  const bootstrap = new Bootstrap(targets, 1);
  expect(bootstrap.draws).toBe(13);
  const sample = bootstrap.draw(new SeededRandom(1));
  expect(sample.weight.reduce((a, b) => a + b)).toBe(13);
  expect(sample.weight[3]).toBe(0);
  sample.sum.forEach((sum, row) => expect(sum).toBeLessThanOrEqual(sample.weight[row] as number));
  expect(new Bootstrap(targets, 2.6).draws).toBe(5);
});

test.each([
  ["row by row", 1, 1],
  ["count by count, as few pairs stand for many rows", 20, 1],
  ["count by count, as weights are no integers", 0.5, 0.5],
] as const)("means and covariances are those of a multinomial draw: %s", (_, scale, weightUnit) => {
  const scaled = {
    sum: targets.sum.map((sum) => scale * sum),
    weight: targets.weight.map((weight) => scale * weight),
  };
  const bootstrap = new Bootstrap(scaled, weightUnit);
  const samples = 4000;
  const draws = (13 * scale) / weightUnit;
  // Pairs (row, class): negatives of rows 0, 2, 4 and positives of rows 1, 2, 4.
  const weights = [2, 0, 4, 0, 1, 0, 3, 1, 0, 2];
  const sums = new Float64Array(10);
  const products = new Float64Array(100);
  for (let seed = 0; seed < samples; seed++) {
    const { sum, weight } = bootstrap.draw(new SeededRandom(seed));
    const counts = [...weight.map((w, row) => w - (sum[row] as number)), ...sum];
    expect(counts.reduce((a, b) => a + b)).toBe(draws);
    counts.forEach((a, i) => {
      sums[i] = (sums[i] as number) + a;
      counts.forEach((b, j) => (products[10 * i + j] = (products[10 * i + j] as number) + a * b));
    });
  }
  const chance = (at: number): number => (weights[at] as number) / 13;
  weights.forEach((__, i) => {
    const mean = (sums[i] as number) / samples;
    const variance = draws * chance(i) * (1 - chance(i));
    expect(Math.abs(mean - draws * chance(i))).toBeLessThan(
      5 * Math.sqrt(variance / samples) + 1e-9,
    );
    weights.forEach((___, j) => {
      const covariance =
        (products[10 * i + j] as number) / samples - (mean * (sums[j] as number)) / samples;
      const expected = i === j ? variance : -draws * chance(i) * chance(j);
      expect(Math.abs(covariance - expected)).toBeLessThan(0.12 * variance + 0.04 * draws + 1e-9);
    });
  });
});

test("draws spread over a long table as they should", () => {
  const rows = 50_000;
  const weight = new Float64Array(rows).fill(1);
  const bootstrap = new Bootstrap({ sum: new Float64Array(rows), weight }, 1);
  const samples = 200;
  const ofFirst: number[] = [];
  let absent = 0;
  for (let seed = 0; seed < samples; seed++) {
    const drawn = bootstrap.draw(new SeededRandom(seed)).weight;
    expect(drawn.reduce((a, b) => a + b)).toBe(rows);
    ofFirst.push(drawn.subarray(0, 20_000).reduce((a, b) => a + b));
    absent += drawn.reduce((count, times) => count + Number(times === 0), 0);
  }
  const mean = ofFirst.reduce((a, b) => a + b) / samples;
  const variance = ofFirst.reduce((sum, count) => sum + (count - mean) ** 2, 0) / samples;
  const expected = rows * 0.4 * 0.6;
  expect(Math.abs(mean - 20_000)).toBeLessThan(4 * Math.sqrt(expected / samples));
  expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / samples));
  expect(Math.abs(absent / (samples * rows) - Math.exp(-1))).toBeLessThan(0.001);
});
