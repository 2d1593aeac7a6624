import type { FittedInputs, InputFeature } from "../src/bundle.ts";
import { encodeRows } from "../src/encode-rows.ts";
import { FOREST_BUNDLE } from "./sample-bundle.ts";

test("rows become a matrix, problems stand beside their rows", () => {
  const { matrix, problems } = encodeRows(FOREST_BUNDLE, [
    { length: "54", country: "NL", certificate: 1, extra: "ignored" },
    { certificate: "5", country: "XX", length: null },
    {},
  ]);
  expect(matrix).toStrictEqual({
    data: Float64Array.of(54, 1, 1, NaN, NaN, NaN, NaN, NaN, NaN),
    rows: 3,
    cols: 3,
  });
  expect(problems.map((row) => row.map(({ code, column }) => [code, column]))).toEqual([
    [],
    [
      ["MISSING", "length"],
      ["UNKNOWN_CATEGORY", "country"],
      ["VALUE_NOT_ALLOWED", "certificate"],
    ],
    [["MISSING", ""]],
  ]);
});

test("a row without any input column gets one clear problem", () => {
  const [first, second] = encodeRows(FOREST_BUNDLE, [
    { Length: 3, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 },
    {},
  ]).problems;
  expect(first).toEqual([
    {
      code: "MISSING",
      column: "",
      fatal: true,
      message:
        "The row has none of the input columns ('length', 'country', 'certificate'), but 'Length', 'b', 'c', 'd', 'e' and 2 more",
    },
  ]);
  expect(second?.[0]?.message).toMatch(/, but no column at all$/);
});

test("a column may have the name of what every object has", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  const features: InputFeature[] = names.map((name) => ({ kind: "numeric", name }));
  const inputs: FittedInputs = { ...FOREST_BUNDLE, features };
  const full = JSON.parse('{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4}');
  const { matrix, problems } = encodeRows(inputs, [full, { constructor: 7 }, Object.create(full)]);
  expect([...matrix.data]).toEqual([1, 2, 3, 4, NaN, 7, NaN, NaN, NaN, NaN, NaN, NaN]);
  expect(problems.map((row) => row.map(({ column }) => column))).toEqual([
    [],
    ["__proto__", "toString", "hasOwnProperty"],
    [""],
  ]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("no rows are a matrix without rows", () => {
  expect(encodeRows(FOREST_BUNDLE, [])).toStrictEqual({
    matrix: { data: new Float64Array(0), rows: 0, cols: 3 },
    problems: [],
  });
});
