import { kolmogorovSmirnovPValue } from "../../src/statistics/kolmogorov-smirnov.ts";
import { relativeError, SCIPY } from "./scipy.ts";

test("gives SciPy's exact p-values for small samples", () => {
  for (const { train, test, statistic, p_value } of SCIPY.samples) {
    const pValue = kolmogorovSmirnovPValue(statistic, train.length, test.length);
    expect(relativeError(pValue, p_value)).toBeLessThan(1e-10);
  }
});

test("gives SciPy's limit for large ones", () => {
  for (const { distance, first, second, p_value } of SCIPY.limit) {
    const pValue = kolmogorovSmirnovPValue(distance, first, second);
    expect(relativeError(pValue, p_value)).toBeLessThan(1e-10);
  }
});

test("counts every order of two small samples", () => {
  // Two of the ten orders of 3 and 2 observations have all of one sample first.
  expect(kolmogorovSmirnovPValue(1, 3, 2)).toBeCloseTo(0.2, 14);
  expect(kolmogorovSmirnovPValue(2 / 3, 3, 2)).toBeCloseTo(countOrders(3, 2, 2 / 3), 14);
  expect(kolmogorovSmirnovPValue(0, 3, 2)).toBe(1);
});

test("exact form and limit meet", () => {
  const [first, second] = [1000, 1000];
  for (const x of [0.7, 1, 1.36, 1.8]) {
    const distance = x / Math.sqrt((first * second) / (first + second));
    const exact = kolmogorovSmirnovPValue(distance, first, second);
    const beyond = kolmogorovSmirnovPValue(x / Math.sqrt(1e8 / 2), 1e8, 1e8);
    expect(relativeError(exact, beyond)).toBeLessThan(0.1);
  }
});

/** The share of all orders whose distance is at least `distance`, by going through them. */
function countOrders(m: number, n: number, distance: number): number {
  let orders = 0;
  let far = 0;
  for (let bits = 0; bits < 2 ** (m + n); bits++) {
    const order = Array.from({ length: m + n }, (_, i) => (bits >> i) & 1);
    if (order.filter((bit) => bit === 1).length !== m) continue;
    orders++;
    let [i, j] = [0, 0];
    let greatest = 0;
    for (const bit of order) {
      if (bit === 1) i++;
      else j++;
      greatest = Math.max(greatest, Math.abs(i / m - j / n));
    }
    if (greatest > distance - 1e-9) far++;
  }
  return far / orders;
}
