import { entropy, gini, squaredError } from "../../src/engine/criterion.ts";

test("costs are impurity times weight", () => {
  expect(gini.cost(1, 4)).toBeCloseTo(4 * 2 * 0.25 * 0.75, 15);
  expect(entropy.cost(1, 4)).toBeCloseTo(
    -4 * (0.25 * Math.log2(0.25) + 0.75 * Math.log2(0.75)),
    14,
  );
  expect(entropy.cost(2, 4)).toBe(4);
});

test.each([gini, entropy])(
  "pure nodes cost nothing, however rounded their sums are",
  (criterion) => {
    expect(criterion.cost(0, 3)).toBe(0);
    expect(criterion.cost(3, 3)).toBe(0);
    expect(criterion.isPure(0, 3)).toBe(true);
    expect(criterion.isPure(-1e-16, 3)).toBe(true);
    expect(criterion.isPure(3 - 1e-15, 3)).toBe(true);
    expect(criterion.isPure(1, 3)).toBe(false);
    expect(criterion.value(3 + 1e-15, 3)).toBe(1);
    expect(criterion.value(1, 4)).toBe(0.25);
  },
);

test("the squared error falls by what the means of the children explain", () => {
  // Targets 1, 1, -2, 4 about their mean 1: 18; in {1, 1} and {-2, 4}: 0 + 18; in {-2} and {1, 1, 4}: 0 + 6.
  expect(squaredError.cost(4, 4)).toBe(-4);
  expect(squaredError.cost(2, 2) + squaredError.cost(2, 2)).toBe(-4);
  expect(squaredError.cost(-2, 1) + squaredError.cost(6, 3)).toBe(-4 - (18 - 6));
  expect(squaredError.value(6, 3)).toBe(2);
  expect(squaredError.isPure(0, 1)).toBe(false);
});
