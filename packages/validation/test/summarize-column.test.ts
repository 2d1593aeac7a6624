import { summarizeColumn } from "../src/summarize-column.ts";
import { categorical, ingestedPart, numeric } from "./ingested-part.ts";

test("counts a numeric column by value and class over all parts, with weights", () => {
  const parts = [
    ingestedPart([0, 1, 1], [numeric("x", [2, -1, null])], { weights: [1, 2, 3] }),
    ingestedPart([1, 0], [numeric("x", [2, -1])], { weights: [10, 20] }),
  ];
  expect(summarizeColumn({ kind: "numeric", name: "x" }, parts)).toEqual({
    rows: 36,
    missing: 3,
    present: [21, 12],
    values: new Map([
      ["-1", [20, 2]],
      ["2", [1, 10]],
    ]),
    ranges: [
      { minimum: -1, maximum: 2 },
      { minimum: -1, maximum: 2 },
    ],
  });
});

test("lists 32 numeric values, and no more", () => {
  const upTo = (n: number) => {
    const values = Array.from({ length: n }, (_, i) => i);
    return summarizeColumn({ kind: "numeric", name: "x" }, [
      ingestedPart(
        values.map(() => 0),
        [numeric("x", values)],
      ),
    ]);
  };
  expect(upTo(32).values?.size).toBe(32);
  expect(upTo(33).values).toBeNull();
  expect(upTo(33).ranges?.[0]).toEqual({ minimum: 0, maximum: 32 });
  expect(upTo(33).ranges?.[1]).toEqual({ minimum: Infinity, maximum: -Infinity });
});

test("counts a categorical column's occurring categories, whatever the parts' dictionaries", () => {
  const unused = categorical("c", ["a", "b", "z"]);
  const parts = [
    ingestedPart([0, 1], [{ ...unused, codes: Int32Array.of(1, -1) }]),
    ingestedPart([1, 1], [categorical("c", ["b", "c"])]),
  ];
  expect(summarizeColumn({ kind: "categorical", name: "c" }, parts)).toEqual({
    rows: 4,
    missing: 1,
    present: [1, 2],
    values: new Map([
      ["b", [1, 1]],
      ["c", [0, 1]],
    ]),
    ranges: null,
  });
});
