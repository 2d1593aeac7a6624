import { readHeader } from "../../src/csv/csv-header.ts";

test("columns are found in any order, with white space around and others between", () => {
  const header = readHeader(["Result", " b ", "", "a"], ["a", "b"]);
  expect([...header.featurePositions]).toEqual([3, 1]);
  expect(header.columns).toEqual(["Result", " b ", "", "a"]);
  expect(header.answerColumns).toEqual([
    "Result",
    " b ",
    "",
    "a",
    "predicted_column",
    "probability",
  ]);
});

test("a file's own predicted_column is kept under another name", () => {
  const columns = ["a", "predicted_column", "input_predicted_column", "probability"];
  expect(readHeader(columns, ["a"]).answerColumns).toEqual([
    "a",
    "input_input_predicted_column",
    "input_predicted_column",
    "input_probability",
    "predicted_column",
    "probability",
  ]);
});

test("all missing columns are named, with near names", () => {
  expect(() =>
    readHeader(
      ["url_length", "SSLfinal-state", "web_trafic", "x"],
      ["URL_Length", "SSLfinal_State", "web_traffic", "port"],
    ),
  ).toThrow(
    expect.objectContaining({
      code: "API_COLUMNS_MISSING",
      message:
        "The file lacks 4 of the model's 4 columns: 'URL_Length' (the file has 'url_length'), " +
        "'SSLfinal_State' (the file has 'SSLfinal-state'), 'web_traffic' (the file has 'web_trafic'), 'port'",
      details: {
        missing: [
          { column: "URL_Length", near: "url_length" },
          { column: "SSLfinal_State", near: "SSLfinal-state" },
          { column: "web_traffic", near: "web_trafic" },
          { column: "port", near: null },
        ],
      },
    }),
  );
});

test.each([
  ["a;b", "semicolons"],
  ["a\tb", "tabs"],
  ["a|b", "vertical bars"],
])("a header without commas is told apart: %j", (line, separator) => {
  expect(() => readHeader([line], ["a", "b"])).toThrow(
    expect.objectContaining({
      hint: `The header seems separated by ${separator}; save the file with commas.`,
    }),
  );
});

test("a column that the model reads may stand there once only, others as often as they like", () => {
  expect(() => readHeader(["a", "b", "b ", "x", "x"], ["a", "b"])).toThrow(
    expect.objectContaining({
      code: "API_CSV_HEADER",
      message: "The header names 'b' more than once",
    }),
  );
  expect(readHeader(["a", "x", "x"], ["a"]).columns).toHaveLength(3);
});

test("names of JavaScript's own are names like any", () => {
  const names = ["__proto__", "constructor", "toString"];
  expect([...readHeader([...names, "a"], ["a"]).featurePositions]).toEqual([3]);
  expect([...readHeader(["a", ...names], names).featurePositions]).toEqual([1, 2, 3]);
  expect(() => readHeader(["a"], names)).toThrow(
    expect.objectContaining({ code: "API_COLUMNS_MISSING" }),
  );
});
