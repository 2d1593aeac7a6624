import { adjustPValues } from "../../src/statistics/adjust-p-values.ts";
import { relativeError, SCIPY } from "./scipy.ts";

test("gives SciPy's adjusted p-values", () => {
  for (const { p_values, adjusted } of SCIPY.adjusted) {
    for (const [i, value] of adjustPValues(p_values).entries()) {
      expect(relativeError(value, adjusted[i] as number)).toBeLessThan(1e-12);
    }
  }
});

test("adjusts nothing when there is nothing", () => {
  expect(adjustPValues([])).toEqual([]);
});
