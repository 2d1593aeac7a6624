import type { FeatureSpec } from "@gillnet/entity";
import { checkMissing } from "../src/check-missing.ts";
import { summarizeColumn } from "../src/summarize-column.ts";
import { ingestedPart, numeric } from "./ingested-part.ts";
import { PARAMS } from "./params.ts";

/** Findings about columns that are missing in so many of 10 training and of 10 test rows. */
function check(missing: Readonly<Record<string, [train: number, test: number]>>, maximum = 0.9) {
  const column = (name: string, n: number) =>
    numeric(
      name,
      Array.from({ length: 10 }, (_, row) => (row < n ? null : row)),
    );
  const classes = Array.from({ length: 10 }, (_, row): 0 | 1 => (row % 2 === 0 ? 0 : 1));
  const names = Object.entries(missing);
  const train = ingestedPart(
    classes,
    names.map(([name, [n]]) => column(name, n)),
  );
  const test = ingestedPart(
    classes,
    names.map(([name, [, n]]) => column(name, n)),
  );
  const summaries = names.map(([name]) => {
    const feature: FeatureSpec = { kind: "numeric", name };
    return {
      feature,
      whole: summarizeColumn(feature, [train, test]),
      train: summarizeColumn(feature, [train]),
    };
  });
  return checkMissing(summaries, { ...PARAMS, maximum_missing_share: maximum });
}

test("a full table is not worth a word", () => {
  expect(check({ a: [0, 0] })).toEqual([]);
});

test("columns with missing cells are one note, the emptiest first", () => {
  expect(check({ a: [1, 0], b: [9, 9], c: [0, 0] })).toEqual([
    {
      severity: "note",
      code: "MISSING_CELLS",
      message: "2 columns have missing cells: 'b' (90 %), 'a' (5 %)",
    },
  ]);
  const many = Object.fromEntries(
    Array.from({ length: 7 }, (_, i): [string, [number, number]] => [`c${i}`, [1, 1]]),
  );
  expect(check(many)[0]?.message).toMatch(/^7 columns have missing cells: 'c0' .* and 2 more$/);
});

test("a column above the bound is an error", () => {
  expect(check({ a: [10, 9] })).toEqual([
    {
      severity: "error",
      code: "MISSING_SHARE",
      message: "'a' is missing in 95 % of the rows, above the allowed 90 %",
      column: "a",
      count: 19,
    },
  ]);
});

test("a column that is missing throughout is missing in every row", () => {
  expect(check({ a: [10, 10] })[0]?.message).toBe(
    "'a' is missing in every row, above the allowed 90 %",
  );
});

test("a column without a value in training is a warning where the bound allows it", () => {
  const codes = (train: number, test: number, maximum: number) =>
    check({ a: [train, test] }, maximum).map(({ severity, code }) => `${severity} ${code}`);
  expect(codes(10, 10, 1)).toEqual(["error ALL_MISSING"]);
  expect(codes(10, 2, 0.9)).toEqual(["error ALL_MISSING"]);
  expect(codes(9, 10, 1)).toEqual(["note MISSING_CELLS"]);
});
