import { preprocess } from "../src/preprocess.ts";
import { FOREST_BUNDLE } from "./sample-bundle.ts";

const COMPLETE = { data: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 2, cols: 3 };
const MISSING = { data: Float64Array.of(10, NaN, NaN, NaN, 1, 1), rows: 2, cols: 3 };

test("without an imputer the matrix stays as it is", () => {
  expect(preprocess({ imputer: { kind: "none" } }, MISSING)).toBe(MISSING);
});

test("with nothing to fill the matrix stays as it is", () => {
  expect(preprocess(FOREST_BUNDLE.preprocessor, COMPLETE)).toBe(COMPLETE);
});

test("missing cells of the imputer's columns are filled in a copy", () => {
  const before = MISSING.data.slice();
  const { data } = preprocess(FOREST_BUNDLE.preprocessor, MISSING);
  // Row 0 lies on the donor with -1; row 1 on the one with 54. The category stays missing.
  expect([...data]).toEqual([10, NaN, -1, 54, 1, 1]);
  expect(MISSING.data).toEqual(before);
});
