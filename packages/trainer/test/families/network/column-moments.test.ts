import { columnMoments } from "../../../src/families/network/column-moments.ts";

const x = { data: Float64Array.of(1, 9, 3, NaN, 5, 100), rows: 6, cols: 1 };
const weights = Float64Array.of(1, 0, 2, 5, 1, 7);

test("a row of weight 2 is two rows; missing cells and rows that are not named take no part", () => {
  const [mean, deviation] = columnMoments(x, 0, [0, 2, 3, 4], weights);
  expect(mean).toBe(3);
  expect(deviation).toBeCloseTo(Math.sqrt(8 / 4), 14);
});

test("a column that is always missing has 0 and 0", () => {
  expect(columnMoments(x, 0, [3], weights)).toEqual([0, 0]);
});
