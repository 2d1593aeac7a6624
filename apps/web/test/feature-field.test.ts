import { featureField, rowOfTexts, textsOfRow } from "../src/feature-field.ts";

const fields = [
  featureField({ kind: "numeric", name: "state", values: [-1, 0, 1] }),
  featureField({ kind: "numeric", name: "age", minimum: 0, maximum: 120 }),
  featureField({ kind: "categorical", name: "plan", categories: ["basic", "pro"] }),
  featureField({ kind: "categorical", name: "__proto__", categories: [], values: ["a", "b"] }),
];

describe("featureField", () => {
  test("offers the allowed values, or those of training", () => {
    expect(fields.map(({ options }) => options)).toEqual([
      ["-1", "0", "1"],
      null,
      ["basic", "pro"],
      ["a", "b"],
    ]);
  });

  test("lets many values be typed", () => {
    const categories = Array.from({ length: 201 }, (_, index) => `c${index}`);
    expect(featureField({ kind: "categorical", name: "city", categories }).options).toBeNull();
  });

  test("says the bounds of a number", () => {
    const hint = (bounds: object): string =>
      featureField({ kind: "numeric", name: "x", ...bounds }).hint;
    expect(hint({ minimum: 0, maximum: 120 })).toBe("0 to 120");
    expect(hint({ minimum: 0.5 })).toBe("0.5 or more");
    expect(hint({ maximum: 9 })).toBe("9 or less");
    expect(hint({})).toBe("");
  });
});

test("rowOfTexts leaves out empty fields, and takes any name for a column's", () => {
  const row = rowOfTexts(fields, ["-1", " ", "pro", "a"]);
  expect(JSON.stringify(row)).toBe('{"state":"-1","plan":"pro","__proto__":"a"}');
  expect(rowOfTexts(fields, [])).toEqual({});
});

test("textsOfRow finds the columns by name and the options by value", () => {
  const header = ["plan", "other", " state", "age"];
  expect(textsOfRow(fields, header, ["pro", "x", "1.0", "33"])).toEqual(["1", "33", "pro", ""]);
  expect(textsOfRow(fields, header, ["gold", "x", "7", ""])).toEqual(["", "", "", ""]);
});
