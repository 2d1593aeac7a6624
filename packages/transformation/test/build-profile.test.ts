import type { InputFeature, NumericProfile } from "@gillnet/model-bundle";
import { buildProfile } from "../src/build-profile.ts";

const NA = NaN;
const AMOUNT: InputFeature = { kind: "numeric", name: "amount" };

function profileOf(values: readonly number[], weights?: readonly number[]): NumericProfile {
  const matrix = { data: Float64Array.from(values), rows: values.length, cols: 1 };
  const rowWeights = Float64Array.from(weights ?? values.map(() => 1));
  return buildProfile([AMOUNT], matrix, rowWeights)[0] as NumericProfile;
}

test("lists the values of a column that has few, by weight", () => {
  expect(profileOf([3, 1, NA, 3], [1, 2, 5, 4])).toEqual({
    kind: "numeric",
    name: "amount",
    count: 12,
    missing: 5,
    minimum: 1,
    maximum: 3,
    mean: (2 + 15) / 7,
    values: [
      { value: 1, count: 2 },
      { value: 3, count: 5 },
    ],
    quantiles: null,
  });
});

test("a column without values has nothing to say", () => {
  expect(profileOf([NA, NA])).toEqual({
    kind: "numeric",
    name: "amount",
    count: 2,
    missing: 2,
    minimum: null,
    maximum: null,
    mean: null,
    values: [],
    quantiles: null,
  });
});

test("32 distinct values are listed, 33 become quantiles", () => {
  const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
  expect(profileOf(upTo(32)).values).toHaveLength(32);
  expect(profileOf(upTo(32)).quantiles).toBeNull();
  expect(profileOf(upTo(33)).values).toBeNull();
  expect(profileOf(upTo(33)).quantiles).toHaveLength(21);
});

test("quantiles go from the least to the greatest value, and count copies", () => {
  const values = Array.from({ length: 101 }, (_, i) => i);
  const expected = Array.from({ length: 21 }, (_, i) => Math.max(0, Math.ceil(5.05 * i) - 1));
  expect(profileOf(values).quantiles).toEqual(expected);
  const weights = values.map((_, i) => 1 + (i % 3));
  const expanded = values.flatMap((value, i) =>
    Array.from({ length: weights[i] ?? 0 }, () => value),
  );
  expect(profileOf(values, weights)).toEqual(profileOf(expanded));
});

test("counts a categorical column's categories, the unused ones too", () => {
  const city: InputFeature = { kind: "categorical", name: "city", categories: ["a", "b", "c"] };
  const matrix = { data: Float64Array.of(7, 2, 8, 0, 9, NA, 6, 2), rows: 4, cols: 2 };
  const [, profile] = buildProfile([AMOUNT, city], matrix, Float64Array.of(1, 1, 3, 2));
  expect(profile).toEqual({
    kind: "categorical",
    name: "city",
    count: 7,
    missing: 3,
    values: [
      { value: "a", count: 1 },
      { value: "b", count: 0 },
      { value: "c", count: 3 },
    ],
  });
});
