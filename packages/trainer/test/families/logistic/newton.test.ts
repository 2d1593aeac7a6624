import { minimize } from "../../../src/families/logistic/newton.ts";
import type { ConvexObjective } from "../../../src/families/logistic/newton.ts";

/** Sum of log cosh(a_k x_k - b_k): convex, flat far from its minimum, where a full Newton step overshoots. */
function logCosh(a: readonly number[], b: readonly number[], solves?: boolean): ConvexObjective {
  const curvature = new Float64Array(a.length);
  return {
    parameters: a.length,
    evaluate(at, gradient) {
      let value = 0;
      a.forEach((scale, k) => {
        const z = scale * (at[k] as number) - (b[k] as number);
        value += Math.abs(z) + Math.log1p(Math.exp(-2 * Math.abs(z)));
        gradient[k] = scale * Math.tanh(z);
        curvature[k] = scale * scale * (1 - Math.tanh(z) ** 2) + 1e-12;
      });
      return value;
    },
    curvature: {
      diagonal(diagonal) {
        diagonal.set(curvature);
      },
      times(vector, product) {
        vector.forEach((value, k) => (product[k] = value * (curvature[k] as number)));
      },
      ...(solves !== undefined && {
        solve(vector: Float64Array): boolean {
          if (solves) vector.forEach((value, k) => (vector[k] = value / (curvature[k] as number)));
          return solves;
        },
      }),
    },
  };
}

test.each([
  ["by products", undefined],
  ["by its own solution", true],
  ["by products where that fails", false],
])("finds the minimum of a function that full steps overshoot, in any units, %s", (_, solves) => {
  const { at, converged } = minimize(logCosh([1, 1000, 0.01], [3, -2, 1], solves), 100);
  expect(converged).toBe(true);
  expect(at[0]).toBeCloseTo(3, 8);
  expect(at[1]).toBeCloseTo(-0.002, 11);
  expect(at[2]).toBeCloseTo(100, 6);
});

test("says when the steps did not suffice", () => {
  expect(minimize(logCosh([1], [8]), 1).converged).toBe(false);
});
