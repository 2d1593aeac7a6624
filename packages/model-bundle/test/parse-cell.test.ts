import type { InputFeature } from "../src/bundle.ts";
import { parseCell } from "../src/parse-cell.ts";

const MARKERS = ["NA", "?", "-99", "NaN"];
const ANY: InputFeature = { kind: "numeric", name: "length" };
const TERNARY: InputFeature = { kind: "numeric", name: "https", values: [-1, 0, 1] };
const RANGE: InputFeature = { kind: "numeric", name: "age", minimum: 0, maximum: 120 };
const COUNTRY: InputFeature = {
  kind: "categorical",
  name: "country",
  categories: ["-1", "0.5", "007", "1", "DE", "NL", "__proto__", "true"],
};
const CLOSED: InputFeature = {
  kind: "categorical",
  name: "size",
  categories: ["big", "small"],
  values: ["big", "huge", "small"],
};

test.each<[InputFeature, unknown, number]>([
  [ANY, 5, 5],
  [ANY, "5", 5],
  [ANY, " 5.0 ", 5],
  [ANY, "+5e0", 5],
  [ANY, ".5", 0.5],
  [ANY, -0, 0],
  [ANY, "-0", 0],
  [ANY, true, 1],
  [ANY, false, 0],
  [ANY, 1e308, 1e308],
  [TERNARY, "-1.0", -1],
  [TERNARY, -0, 0],
  [RANGE, 0, 0],
  [RANGE, "120", 120],
  [COUNTRY, "NL", 5],
  [COUNTRY, "  NL\t", 5],
  [COUNTRY, "1.0", 3],
  [COUNTRY, 1, 3],
  [COUNTRY, "+0.50", 1],
  [COUNTRY, "007", 2],
  [COUNTRY, true, 7],
  [COUNTRY, "__proto__", 6],
  [CLOSED, "small", 1],
])("%j reads %j as %d", (feature, cell, value) => {
  expect(parseCell(feature, cell, MARKERS)).toStrictEqual({ value, problem: null });
  expect(parseCell(feature, cell, new Set(MARKERS))).toStrictEqual({ value, problem: null });
});

test.each([null, undefined, "", "  \t", "NA", " ? ", "NaN", "-99", -99])(
  "%j is missing in every column, and that is not fatal",
  (cell) => {
    for (const feature of [ANY, TERNARY, RANGE, COUNTRY, CLOSED]) {
      const { value, problem } = parseCell(feature, cell, MARKERS);
      expect(value).toBeNaN();
      expect(problem).toMatchObject({ code: "MISSING", column: feature.name, fatal: false });
    }
  },
);

test.each<[InputFeature, unknown, string, boolean, string]>([
  [ANY, "abc", "NOT_A_NUMBER", true, "Column 'length' has the value 'abc'; allowed is a number"],
  [ANY, "1,5", "NOT_A_NUMBER", true, "Column 'length' has the value '1,5'; allowed is a number"],
  [ANY, "0x10", "NOT_A_NUMBER", true, "Column 'length' has the value '0x10'; allowed is a number"],
  [ANY, NaN, "NOT_A_NUMBER", true, "Column 'length' has the value NaN; allowed is a number"],
  [
    ANY,
    Infinity,
    "NOT_A_NUMBER",
    true,
    "Column 'length' has the value Infinity; allowed is a number",
  ],
  [ANY, [1], "NOT_A_NUMBER", true, "Column 'length' has the value (a list); allowed is a number"],
  [
    ANY,
    {},
    "NOT_A_NUMBER",
    true,
    "Column 'length' has the value (of type object); allowed is a number",
  ],
  [TERNARY, 7, "VALUE_NOT_ALLOWED", true, "Column 'https' has the value 7; allowed are -1, 0, 1"],
  [RANGE, "121", "OUT_OF_RANGE", true, "Column 'age' has the value '121'; allowed is 0 to 120"],
  [
    { kind: "numeric", name: "a", minimum: 1 },
    0,
    "OUT_OF_RANGE",
    true,
    "Column 'a' has the value 0; allowed is a number of at least 1",
  ],
  [
    { kind: "numeric", name: "a", maximum: 1 },
    2,
    "OUT_OF_RANGE",
    true,
    "Column 'a' has the value 2; allowed is a number of at most 1",
  ],
  [
    CLOSED,
    "tiny",
    "VALUE_NOT_ALLOWED",
    true,
    "Column 'size' has the value 'tiny'; allowed are 'big', 'huge', 'small'",
  ],
  [
    CLOSED,
    "huge",
    "UNKNOWN_CATEGORY",
    false,
    "Column 'size' has the value 'huge', which training never saw; known are 'big', 'small'. It counts as missing",
  ],
  [
    COUNTRY,
    [],
    "VALUE_NOT_ALLOWED",
    true,
    "Column 'country' has the value (a list); allowed is text, a number, true or false",
  ],
  [
    COUNTRY,
    NaN,
    "VALUE_NOT_ALLOWED",
    true,
    "Column 'country' has the value NaN; allowed is text, a number, true or false",
  ],
])("%j refuses %j: %s", (feature, cell, code, fatal, message) => {
  const { value, problem } = parseCell(feature, cell, MARKERS);
  expect(value).toBeNaN();
  expect(problem).toStrictEqual({ code, column: feature.name, message, fatal });
});

test("markers count trimmed", () => {
  expect(parseCell(ANY, "NA", [" NA\t"]).problem?.code).toBe("MISSING");
});

test("the number of a missing marker is missing, NaN is not among them", () => {
  expect(parseCell(ANY, -99, ["-99"]).problem?.code).toBe("MISSING");
  expect(parseCell(ANY, NaN, ["NaN"]).problem?.code).toBe("NOT_A_NUMBER");
});

test("long values and lists are shortened, control characters do not reach the message", () => {
  const many: InputFeature = {
    kind: "numeric",
    name: "n",
    values: Array.from({ length: 25 }, (_, i) => i),
  };
  const { problem } = parseCell(many, `${"x".repeat(50)}\n\u001b[31m${"y".repeat(5000)}`, []);
  expect(problem?.message).toBe(
    `Column 'n' has the value '${"x".repeat(50)}  [31m${"y".repeat(23)}…'; allowed are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 15 more`,
  );
});
