import { compareShares } from "../../src/drift/compare-shares.ts";
import { categorical, numeric } from "../ingested-part.ts";
import { relativeError, SCIPY } from "../statistics/scipy.ts";
import { sampleOf } from "./two-parts.ts";

/** Each value as often as its count says. */
function repeat<Value>(values: readonly Value[], counts: readonly number[]): Value[] {
  return values.flatMap((value, i) => Array<Value>(counts[i] as number).fill(value));
}

test("gives SciPy's statistic, p-value and distance", () => {
  for (const { train, test, ...expected } of SCIPY.tables) {
    const values = train.map((_, i) => i);
    const result = compareShares(
      "x",
      sampleOf(numeric("x", repeat(values, train))),
      sampleOf(numeric("x", repeat(values, test))),
    );
    expect(relativeError(result?.statistic ?? NaN, expected.statistic)).toBeLessThan(1e-10);
    expect(relativeError(result?.pValue ?? NaN, expected.p_value)).toBeLessThan(1e-10);
    expect(relativeError(result?.effect ?? NaN, expected.total_variation)).toBeLessThan(1e-10);
    expect(result?.pooledValues).toBe(0);
  }
});

test("missing is a value like any other, of numbers and of categories", () => {
  const train = sampleOf(
    numeric("number", repeat([3, null], [800, 0])),
    categorical("text", repeat(["a", null], [800, 0])),
  );
  const test = sampleOf(
    numeric("number", repeat([3, null], [360, 40])),
    categorical("text", repeat(["a", null], [360, 40])),
  );
  const result = compareShares("number", train, test);
  expect(result?.effect).toBeCloseTo(0.1, 12);
  expect(result?.pValue).toBeLessThan(1e-10);
  expect(compareShares("text", train, test)).toEqual(result);
});

test("values that are expected less than five times are counted as one", () => {
  const values = ["a", "b", "c", "d", "e"];
  const train = sampleOf(categorical("x", repeat(values, [400, 300, 12, 8, 4])));
  const test = sampleOf(categorical("x", repeat(values, [100, 75, 3, 2, 1])));
  const pooled = sampleOf(categorical("x", repeat(values, [400, 300, 24, 0, 0])));
  const pooledTest = sampleOf(categorical("x", repeat(values, [100, 75, 6, 0, 0])));
  expect(compareShares("x", train, test)).toEqual({
    ...compareShares("x", pooled, pooledTest),
    pooledValues: 3,
  });
});

test("what is too rare even together is counted with the next frequent value", () => {
  const values = [1, 2, 3];
  const train = sampleOf(numeric("x", repeat(values, [50, 30, 2])));
  const test = sampleOf(numeric("x", repeat(values, [12, 8, 1])));
  expect(compareShares("x", train, test)).toMatchObject({ pooledValues: 2 });
});

test("categories are compared by their texts, not by their codes", () => {
  const train = sampleOf(categorical("x", repeat(["b", "c"], [40, 40])));
  const test = sampleOf(categorical("x", repeat(["a", "b", "c"], [20, 40, 40])));
  expect(compareShares("x", train, test)?.effect).toBeCloseTo(0.2, 12);
});

test("one value cannot be compared", () => {
  const train = sampleOf(numeric("x", repeat([1], [80])));
  expect(compareShares("x", train, train)).toBeNull();
});
