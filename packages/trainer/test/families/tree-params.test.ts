import { entropy, gini } from "../../src/engine/criterion.ts";
import { columnsPerSplit, growthLimits, treeCriterion } from "../../src/families/tree-params.ts";

test("limits are in the targets' weight; one row is enough for a leaf, whatever it weighs", () => {
  const params = { max_depth: null, min_samples_leaf: 1, min_samples_split: 2 };
  expect(growthLimits(params, 0.5)).toEqual({
    maxDepth: Infinity,
    minLeafWeight: 0,
    minSplitWeight: 0,
  });
  expect(growthLimits({ max_depth: 3, min_samples_leaf: 4, min_samples_split: 10 }, 0.5)).toEqual({
    maxDepth: 3,
    minLeafWeight: 2,
    minSplitWeight: 5,
  });
});

test("criteria by name", () => {
  expect(treeCriterion({ criterion: "gini" })).toBe(gini);
  expect(treeCriterion({ criterion: "entropy" })).toBe(entropy);
});

test.each([
  ["sqrt", 30, 5],
  ["log2", 30, 4],
  [0.2, 30, 6],
  [0.01, 30, 1],
  [null, 30, 30],
  ["log2", 1, 1],
] as const)("max_features %p of %i columns is %i", (maxFeatures, columns, wanted) => {
  expect(columnsPerSplit(maxFeatures, columns)).toBe(wanted);
});
