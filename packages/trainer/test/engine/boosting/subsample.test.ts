import { SeededRandom } from "@gillnet/entity";

import { boostingKernels } from "../../../src/engine/boosting/kernel.ts";
import { Subsample } from "../../../src/engine/boosting/subsample.ts";
import type { RowTargets } from "../../../src/engine/dtypes.ts";

const kernel = boostingKernels.take();

const targets = { sum: Float64Array.of(0, 2, 3, 0), weight: Float64Array.of(1, 3, 3, 0) };

test("a sample has its share of the copies, never more of a row than there are", () => {
  const subsample = new Subsample(targets, 0.6, 1, kernel);
  expect(subsample.draws).toBe(4);
  for (let seed = 0; seed < 200; seed++) {
    const { sum, weight } = subsample.draw(new SeededRandom(seed));
    expect(weight.reduce((a, b) => a + b, 0)).toBe(4);
    weight.forEach((w, row) => {
      const s = sum[row] as number;
      expect(s >= 0 && s <= (targets.sum[row] as number)).toBe(true);
      const negative = (targets.weight[row] as number) - (targets.sum[row] as number);
      expect(w - s >= 0 && w - s <= negative).toBe(true);
    });
  }
});

test("every copy is drawn equally often", () => {
  const subsample = new Subsample(targets, 0.5, 1, kernel);
  const total = new Float64Array(4);
  const random = new SeededRandom(2);
  const rounds = 7000;
  for (let i = 0; i < rounds; i++) {
    subsample.draw(random).weight.forEach((w, row) => (total[row] = (total[row] as number) + w));
  }
  // 3 of 7 copies; the spread of a count of n draws is at most sqrt(n / 4).
  total.forEach((count, row) => {
    const wanted = ((targets.weight[row] as number) * rounds * 3) / 7;
    expect(Math.abs(count - wanted)).toBeLessThan(5 * Math.sqrt(3 * rounds));
  });
});

test("the whole share is the rows themselves, and a tiny one has a copy still", () => {
  const whole = new Subsample(targets, 1, 1, kernel).draw(new SeededRandom(1));
  expect(whole).toEqual(targets);
  expect(new Subsample(targets, 0.01, 1, kernel).draws).toBe(1);
});

test("weights that are not whole are cut into copies of about the mean weight", () => {
  const uneven = { sum: Float64Array.of(0.9, 0), weight: Float64Array.of(0.9, 0.2) };
  const subsample = new Subsample(uneven, 0.7, 0.3, kernel);
  // Three copies of 0.3 and one of 0.2.
  expect(subsample.draws).toBe(2);
  const { sum, weight } = subsample.draw(new SeededRandom(3));
  const tenths = weight.reduce((a, b) => a + b, 0) * 10;
  expect([5, 6]).toContain(Math.round(tenths));
  expect(sum[1]).toBe(0);
});

/** Copies written out singly, drawn one by one into a set, added up one by one. */
function drawSlowly(
  { sum, weight }: RowTargets,
  draws: number,
  classWeights: { readonly positive: number; readonly negative: number },
  random: SeededRandom,
): RowTargets {
  const copies: { readonly row: number; readonly positive: number }[] = [];
  weight.forEach((w, row) => {
    for (let copy = 0; copy < w; copy++) {
      copies.push({ row, positive: Number(copy >= w - (sum[row] as number)) });
    }
  });
  const drawn = new Set<number>();
  const leavesOut = 2 * draws > copies.length;
  while (drawn.size < (leavesOut ? copies.length - draws : draws)) {
    drawn.add(Math.floor((random.uint32() * copies.length) / 2 ** 32));
  }
  const sample = { sum: weight.map(() => 0), weight: weight.map(() => 0) };
  copies.forEach(({ row, positive }, copy) => {
    if (drawn.has(copy) === leavesOut) return;
    const w = positive === 1 ? classWeights.positive : classWeights.negative;
    sample.weight[row] = (sample.weight[row] as number) + w;
    sample.sum[row] = (sample.sum[row] as number) + positive * w;
  });
  return sample;
}

test.each([0.02, 0.3, 0.5, 0.51, 0.9])(
  "the kernel draws what a slow sampler draws: %d",
  (share) => {
    const random = new SeededRandom(6);
    const weight = Float64Array.from({ length: 1500 }, () => random.integer(4) ** 2);
    const sum = weight.map((w) => random.integer(w + 1));
    const classWeights = { positive: 4, negative: 1 };
    const subsample = new Subsample({ sum, weight }, share, 1, kernel, classWeights);
    // One after the other, so that what a draw leaves behind would show in the next.
    for (let seed = 0; seed < 3; seed++) {
      const wanted = drawSlowly(
        { sum, weight },
        subsample.draws,
        classWeights,
        new SeededRandom(seed),
      );
      expect(subsample.draw(new SeededRandom(seed))).toEqual(wanted);
    }
  },
);
