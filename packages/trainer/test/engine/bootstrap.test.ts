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

test("means and variances are those of a multinomial draw", () => {
  const bootstrap = new Bootstrap(targets, 1);
  const samples = 4000;
  // Pairs (row, class): negatives of rows 0, 2, 4 and positives of rows 1, 2, 4.
  const weights = [2, 0, 4, 0, 1, 0, 3, 1, 0, 2];
  const sums = new Float64Array(10);
  const squares = new Float64Array(10);
  for (let seed = 0; seed < samples; seed++) {
    const { sum, weight } = bootstrap.draw(new SeededRandom(seed));
    for (let row = 0; row < 5; row++) {
      for (const [at, count] of [
        [row, (weight[row] as number) - (sum[row] as number)],
        [5 + row, sum[row] as number],
      ] as const) {
        sums[at] = (sums[at] as number) + count;
        squares[at] = (squares[at] as number) + count * count;
      }
    }
  }
  weights.forEach((weight, at) => {
    const mean = (sums[at] as number) / samples;
    const variance = (squares[at] as number) / samples - mean * mean;
    const expected = weight * (1 - weight / 13);
    expect(Math.abs(mean - weight)).toBeLessThan(5 * Math.sqrt(expected / samples) + 1e-12);
    expect(Math.abs(variance - expected)).toBeLessThan(0.12 * expected + 1e-12);
  });
});
