import { SeededRandom } from "@gillnet/entity";
import type { Column, LabelSpec } from "@gillnet/entity";
import { checkColumn } from "../src/check-column.ts";
import type { IngestedPart } from "@gillnet/table";
import { summarizeColumn } from "../src/summarize-column.ts";
import { categorical, ingestedPart, numeric } from "./ingested-part.ts";
import { PARAMS } from "./params.ts";

const LABEL: LabelSpec = {
  column: "label",
  positive: { name: "spam", values: ["1"] },
  negative: { name: "ham", values: ["0"] },
};

/** Findings about the first column of the parts; the first part is the training part. */
function check(...parts: readonly IngestedPart[]) {
  const [train] = parts;
  const column = train?.table.columns[0];
  if (train === undefined || column === undefined) throw new Error("no column");
  const feature = { kind: column.kind, name: column.name };
  const summary = {
    feature,
    whole: summarizeColumn(feature, parts),
    train: summarizeColumn(feature, [train]),
  };
  return checkColumn(summary, LABEL, PARAMS);
}

/** Half ham, half spam. */
const CLASSES = Array.from({ length: 200 }, (_, row): 0 | 1 => (row < 100 ? 0 : 1));

const checkValues = (column: Column) => check(ingestedPart(CLASSES, [column]));
const numbers = (valueOf: (row: number) => number | null) =>
  checkValues(
    numeric(
      "x",
      CLASSES.map((_, row) => valueOf(row)),
    ),
  );
const texts = (valueOf: (row: number) => string | null) =>
  checkValues(
    categorical(
      "c",
      CLASSES.map((_, row) => valueOf(row)),
    ),
  );

test("an ordinary column is not worth a word", () => {
  const random = new SeededRandom(3);
  expect(numbers(() => random.integer(3))).toEqual([]);
  expect(numbers(() => random.uniform())).toEqual([]);
  expect(texts(() => `city ${random.integer(9)}`)).toEqual([]);
});

test("a constant column is a warning, missing cells or not", () => {
  expect(numbers((row) => (row < 7 ? null : 1))).toEqual([
    {
      severity: "warning",
      code: "CONSTANT_COLUMN",
      message: "'x' has no value but 1: nothing can be learnt from it",
      column: "x",
    },
  ]);
  expect(texts(() => "a")[0]?.code).toBe("CONSTANT_COLUMN");
  // Without any value there is nothing to call constant: that is checkMissing's to say.
  expect(numbers(() => null)).toEqual([]);
});

test("a text that hardly ever repeats looks like an identifier", () => {
  expect(texts((row) => (row < 199 ? `row ${row}` : null))).toEqual([
    {
      severity: "warning",
      code: "IDENTIFIER_LIKE",
      message:
        "'c' has 199 different values in 199 rows: it names rows rather than describing them",
      column: "c",
    },
  ]);
  expect(texts((row) => `pair ${row % 100}`).map(({ code }) => code)).not.toContain(
    "IDENTIFIER_LIKE",
  );
});

test("a value that only one class has is a warning when a notable share of rows has it", () => {
  expect(numbers((row) => (row >= 160 ? 1 : row % 2))).toEqual([]);
  expect(numbers((row) => (row >= 160 ? 2 : row % 2))).toEqual([
    {
      severity: "warning",
      code: "VALUE_DECIDES_CLASS",
      message:
        "'x' = 2 occurs only on spam rows: all 40 of them, 20 % of the table, so that a model takes it as proof",
      column: "x",
      count: 40,
    },
  ]);
  expect(texts((row) => (row < 40 ? "never" : "often"))[0]?.message).toMatch(
    /^'c' = never occurs only on ham rows/,
  );
  // 9 rows are less than 5 %.
  expect(numbers((row) => (row >= 191 ? 2 : row % 2))).toEqual([]);
});

test("where a class is rare, a value without it may be chance and is not reported", () => {
  const classes = CLASSES.map((_, row): 0 | 1 => (row < 196 ? 0 : 1));
  const values = classes.map((_, row) => (row < 40 ? 2 : row % 2));
  expect(check(ingestedPart(classes, [numeric("x", values)]))).toEqual([]);
});

test("a column that tells the classes apart is one warning, not one for each value", () => {
  const expected = {
    severity: "warning",
    code: "COLUMN_DECIDES_CLASS",
    message:
      "'x' alone tells spam from ham rows without an error: check that it is known before the label is",
    column: "x",
    count: 200,
  };
  expect(numbers((row) => (row < 100 ? -1 : 1))).toEqual([expected]);
  expect(numbers((row) => (row < 100 ? 0 : row % 2 === 0 ? -1 : 1))).toEqual([expected]);
  expect(numbers((row) => (row < 100 ? row / 7 : 1000 - row / 7))).toEqual([expected]);
  expect(texts((row) => (row < 100 ? `a${row % 9}` : `b${row % 9}`))[0]?.code).toBe(
    "COLUMN_DECIDES_CLASS",
  );
});

test("a few separated rows prove nothing", () => {
  const classes: (0 | 1)[] = [0, 0, 0, 0, 1, 1, 1];
  const many = Array.from({ length: 60 }, (_, i) => i);
  expect(check(ingestedPart(classes, [numeric("x", [1, 1, 1, 1, 2, 2, 2])]))).toEqual([]);
  expect(
    check(
      ingestedPart(
        many.map((i): 0 | 1 => (i < 57 ? 0 : 1)),
        [numeric("x", many)],
      ),
    ),
  ).toEqual([]);
});

test("categories that only the test part has are a note", () => {
  const train = ingestedPart([0, 1, 0], [categorical("c", ["a", "b", "a"])]);
  const test = ingestedPart([0, 1, 1], [categorical("c", ["a", "z", "y"])], { weights: [1, 1, 2] });
  expect(check(train, test)).toEqual([
    {
      severity: "note",
      code: "UNSEEN_CATEGORY",
      message:
        "3 test rows have a 'c' that the training part has not, which reads as missing: 'y', 'z'",
      column: "c",
      count: 3,
    },
  ]);
});
