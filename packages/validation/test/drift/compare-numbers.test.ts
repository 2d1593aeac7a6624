import { SeededRandom } from "@gillnet/entity";
import { compareNumbers } from "../../src/drift/compare-numbers.ts";
import { independentSample } from "../../src/drift/independent-sample.ts";
import { numeric } from "../ingested-part.ts";
import { relativeError, SCIPY } from "../statistics/scipy.ts";
import { partOf, sampleOf } from "./two-parts.ts";

test("gives SciPy's distance and exact p-value, ties included", () => {
  for (const { train, test, statistic, p_value } of SCIPY.samples) {
    const result = compareNumbers("x", sampleOf(numeric("x", train)), sampleOf(numeric("x", test)));
    expect(relativeError(result.statistic, statistic)).toBeLessThan(1e-12);
    expect(relativeError(result.pValue, p_value)).toBeLessThan(1e-10);
  }
});

test("missing cells show, even when they were the least or the greatest values", () => {
  const random = new SeededRandom(5);
  const values = Array.from({ length: 1000 }, () => random.uniform());
  const train = sampleOf(numeric("x", values));
  for (const gone of [
    (value: number) => value < 0.1,
    (value: number) => value > 0.9,
    (_: number, row: number) => row % 10 === 0,
  ]) {
    const cells = values.map((value, row) => (gone(value, row) ? null : value));
    const missing = cells.filter((value) => value === null).length / values.length;
    const result = compareNumbers("x", train, sampleOf(numeric("x", cells)));
    expect(result.effect).toBeGreaterThanOrEqual(missing - 1e-12);
    expect(result.pValue).toBeLessThan(0.001);
  }
});

test("a group of many rows has one vote", () => {
  const train = sampleOf(numeric("x", [1, 2, 3, 4]));
  const test = partOf([numeric("x", [1, 4, 4, 4])], { groups: [0, 1, 1, 1] });
  const result = compareNumbers("x", train, independentSample(test, "group"));
  expect(result).toEqual(compareNumbers("x", train, sampleOf(numeric("x", [1, 4]))));
});
