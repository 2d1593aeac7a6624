import { gini } from "../../src/engine/criterion.ts";
import { buildHistogram, createHistogram } from "../../src/engine/histogram.ts";
import { SplitFinder } from "../../src/engine/splitting.ts";
import { trainingSetOf } from "../random-table.ts";

/** The finder after looking at the one column. */
function look(
  codes: readonly number[],
  labels: readonly number[],
  categories: number | null,
  minLeafWeight = 0,
): { finder: SplitFinder; varies: boolean } {
  const x = { data: Float64Array.from(codes), rows: codes.length, cols: 1 };
  const features = [
    categories === null
      ? ({ kind: "numeric", name: "a" } as const)
      : ({
          kind: "categorical",
          name: "a",
          categories: Array.from({ length: categories }, (_, i) => `${i}`),
        } as const),
  ];
  const { binned, targets } = trainingSetOf({ x, features, labels: Uint8Array.from(labels) });
  const histogram = createHistogram(binned);
  const rows = Int32Array.from(codes.keys());
  buildHistogram(binned, targets, Int32Array.of(0), 1, rows, 0, rows.length, histogram);
  const finder = new SplitFinder(binned, gini, minLeafWeight);
  finder.begin(
    labels.reduce((a, b) => a + b, 0),
    labels.length,
  );
  const varies = finder.tryColumn(0, histogram);
  if (finder.best.feature === 0) finder.finish();
  return { finder, varies };
}

test("bounds run between neighbouring filled bins", () => {
  const { finder } = look([0, 0, 7, 9, 9], [0, 0, 1, 1, 1], null);
  expect(finder.best).toMatchObject({
    leftBin: 0,
    rightBin: 1,
    cost: 0,
    leftSum: 0,
    leftWeight: 2,
  });
  expect(Array.from(finder.best.goesLeft.subarray(0, 3))).toEqual([1, 0, 0]);
});

test("categories of the lowest shares go left, the absent ones with the heavier side", () => {
  const { finder } = look([4, 4, 1, 1, 2, 2], [0, 0, 1, 1, 0, 0], 6);
  expect(finder.best.cost).toBe(0);
  // 2 and 4 are left, and heavier than 1 alone: so are 0, 3 and 5.
  expect(Array.from(finder.best.goesLeft.subarray(0, 6))).toEqual([1, 0, 1, 1, 1, 1]);
});

test("missing cells may be all that there is on one side", () => {
  const { finder } = look([3, 5, NaN, NaN], [0, 0, 1, 1], null);
  expect(finder.best).toMatchObject({ leftBin: 1, rightBin: -1, missingLeft: false, cost: 0 });
  expect(Array.from(finder.best.goesLeft.subarray(0, 3))).toEqual([1, 1, 0]);
  const single = look([3, NaN, NaN], [0, 1, 1], null);
  expect(single.varies).toBe(true);
  expect(single.finder.best.cost).toBe(0);
});

test("missing cells go to the side where they belong", () => {
  const { finder } = look([3, 3, 5, 5, NaN], [1, 1, 0, 0, 1], null);
  expect(finder.best).toMatchObject({ leftBin: 0, rightBin: 1, missingLeft: true, cost: 0 });
});

test("a constant column says so, with or without missing cells alone", () => {
  expect(look([3, 3], [0, 1], null).varies).toBe(false);
  expect(look([NaN, NaN], [0, 1], null).varies).toBe(false);
  expect(look([2, 2], [0, 1], 4).varies).toBe(false);
});

test("a column that varies but whose splits are all too small gives none", () => {
  const { finder, varies } = look([3, 5], [0, 1], null, 2);
  expect(varies).toBe(true);
  expect(finder.best.feature).toBe(-1);
});
