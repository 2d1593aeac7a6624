import { chiSquaredPValue } from "../../src/statistics/chi-squared.ts";
import { relativeError, SCIPY } from "./scipy.ts";

test("gives SciPy's p-values, however small", () => {
  const off = SCIPY.chi_squared.filter(
    ({ statistic, degrees, p_value }) =>
      !(relativeError(chiSquaredPValue(statistic, degrees), p_value) < 1e-10),
  );
  expect(off).toEqual([]);
  expect(SCIPY.chi_squared.length).toBeGreaterThan(80);
  expect(Math.min(...SCIPY.chi_squared.map(({ p_value }) => p_value))).toBeLessThan(1e-150);
});

test("ends at 1 for no difference and at 0 for one beyond all numbers", () => {
  expect(chiSquaredPValue(0, 1)).toBe(1);
  expect(chiSquaredPValue(1e6, 3)).toBe(0);
});
