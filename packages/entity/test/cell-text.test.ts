import { assert, double, property, string } from "fast-check";
import { normalizeCategory, parseNumber } from "../src/cell-text.ts";
import { canonicalNumber } from "../src/dataset-schema.ts";

test.each([
  ["1", 1],
  ["-1", -1],
  ["+1", 1],
  [" 2.50\t", 2.5],
  ["\uFEFF3\u00A0", 3],
  ["5.", 5],
  [".5", 0.5],
  ["1e-3", 0.001],
  ["1E+3", 1000],
  ["007", 7],
  ["-0", 0],
  ["1e-999", 0],
])("%j is a number", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test.each([
  "",
  " ",
  ".",
  "+",
  "e5",
  "1e",
  "--1",
  "1 2",
  "1,5",
  "1_000",
  "0x1F",
  "0b1",
  "1n",
  "Infinity",
  "-inf",
  "NaN",
  "1e999",
  "٣",
  "1\n2",
])("%j is not a number", (text) => {
  expect(parseNumber(text)).toBeUndefined();
});

test.each([
  ["1", "1"],
  ["1.0", "1"],
  ["+1", "1"],
  [" 1 ", "1"],
  ["-0", "0"],
  ["0.0", "0"],
  [".50", "0.5"],
  ["1e3", "1000"],
  ["1e21", "1e+21"],
  ["1e-07", "1e-7"],
  ["1.2345678901234568e+20", "123456789012345680000"],
  ["9007199254740992", "9007199254740992"],
])("%j is the category %j", (text, category) => {
  expect(normalizeCategory(text)).toBe(category);
});

test.each([
  "01",
  "-01",
  "00",
  "007.5",
  "12345678901234567890",
  "9007199254740993",
  "1e999",
  "1e-999",
  "0x10",
  "a b",
  "",
])("%j keeps its text", (text) => {
  expect(normalizeCategory(` ${text} `)).toBe(text);
});

test("every number's own text parses back to it and is its category", () => {
  assert(
    property(double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = canonicalNumber(value);
      expect(parseNumber(text)).toBe(value + 0);
      expect(normalizeCategory(text)).toBe(text);
      expect(normalizeCategory(value.toExponential())).toBe(text);
    }),
    { seed: 1 },
  );
});

test("long hostile texts take no long time", () => {
  const zeros = "0".repeat(300_000);
  for (const text of [`1${zeros}x`, `0.1${zeros}1`, `1${zeros}.${zeros}e`, `${zeros}1`]) {
    expect(normalizeCategory(text)).toBe(text);
  }
  expect(normalizeCategory(`0.1${zeros}`)).toBe("0.1");
});

test("a category is its own category", () => {
  assert(
    property(string(), (text) => {
      const category = normalizeCategory(text);
      expect(normalizeCategory(category)).toBe(category);
    }),
    { seed: 1 },
  );
});
