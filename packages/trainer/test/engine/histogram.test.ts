import { SeededRandom } from "@gillnet/entity";

import type { BinnedMatrix, RowTargets } from "../../src/engine/dtypes.ts";
import { buildHistogram, createHistogram, subtractHistogram } from "../../src/engine/histogram.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

/** One cell after the other, as the definition says. */
function buildHistogramNaive(
  binned: BinnedMatrix,
  { sum, weight }: RowTargets,
  features: Int32Array,
  rows: readonly number[],
): Float64Array {
  const histogram = createHistogram(binned);
  for (const feature of features) {
    for (const row of rows) {
      const bin = binned.codes.data[feature * binned.codes.rows + row] as number;
      const cell = 2 * ((binned.binStart[feature] as number) + bin);
      histogram[cell] = (histogram[cell] as number) + (sum[row] as number);
      histogram[cell + 1] = (histogram[cell + 1] as number) + (weight[row] as number);
    }
  }
  return histogram;
}

const recipes = [
  { kind: "numeric", levels: 3 },
  { kind: "numeric", levels: 300 },
  { kind: "categorical", levels: 5, missing: 0.2 },
  { kind: "numeric", levels: 2 },
  { kind: "numeric", levels: 9, missing: 0.5 },
  { kind: "numeric", levels: 1 },
  { kind: "numeric", levels: 4 },
] as const;

describe.each([
  ["integer weights", true, (random: SeededRandom) => 1 + random.integer(5)],
  ["other weights", false, (random: SeededRandom) => 0.1 + random.uniform()],
])("histograms with %s", (_, exact, drawWeight) => {
  const random = new SeededRandom(5);
  const table = randomTable(400, recipes, random);
  const weights = Float64Array.from({ length: 400 }, () => drawWeight(random));
  const { binned, targets } = trainingSetOf(table, weights);
  const rows = Int32Array.from({ length: 400 }, (__, row) => row);
  random.shuffle(rows);

  test.each([1, 2, 3, 4, 5, 7])("%i columns equal the naive sums, others stay", (count) => {
    const features = Int32Array.of(6, 1, 2, 0, 4, 5, 3).subarray(0, count);
    const histogram = createHistogram(binned).fill(-1);
    buildHistogram(binned, targets, features, count, rows, 37, 301, histogram);
    const naive = buildHistogramNaive(binned, targets, features, Array.from(rows.slice(37, 301)));
    for (let feature = 0; feature < 7; feature++) {
      const [start, end] = [binned.binStart[feature], binned.binStart[feature + 1]];
      const cells = histogram.subarray(2 * (start ?? 0), 2 * (end ?? 0));
      const wanted = features.includes(feature)
        ? naive.subarray(2 * (start ?? 0), 2 * (end ?? 0))
        : cells.map(() => -1);
      expect(Array.from(cells)).toEqual(Array.from(wanted));
    }
  });

  test("a parent minus one child is the other child", () => {
    const features = Int32Array.of(0, 1, 2, 3, 4, 5, 6);
    const build = (start: number, end: number): Float64Array => {
      const histogram = createHistogram(binned);
      buildHistogram(binned, targets, features, 7, rows, start, end, histogram);
      return histogram;
    };
    const parent = build(0, 400);
    subtractHistogram(binned, features, 7, parent, build(0, 150));
    const direct = build(150, 400);
    parent.forEach((value, cell) => {
      if (exact) expect(value).toBe(direct[cell]);
      else expect(value).toBeCloseTo(direct[cell] as number, 10);
      // No bin looks filled that is not.
      if (direct[cell | 1] === 0) expect(value).toBe(0);
    });
  });
});
