import { matchColumns } from "../src/match-columns.ts";

const layout = {
  columns: [
    { name: "b", kind: "numeric" },
    { name: "a", kind: "categorical" },
  ],
  missingMarkers: [],
} as const;

test("positions follow the layout, unknown columns the file", () => {
  expect(matchColumns("f.csv", ["z", " a ", "y", "b"], { layout })).toEqual({
    positions: [3, 1],
    unknownColumns: ["z", "y"],
  });
});

test("case counts unless told otherwise", () => {
  expect(() => matchColumns("f.csv", ["A", "B"], { layout })).toThrow(
    expect.objectContaining({
      code: "TABLE_COLUMN_MISSING",
      message: "f.csv lacks 2 columns: 'b', 'a'",
      hint: "There are other names: 'B' may be meant by 'b'; 'A' may be meant by 'a'",
    }),
  );
  expect(matchColumns("f.csv", ["A", "B"], { layout, matchCase: false }).positions).toEqual([1, 0]);
});

test("one missing column is named alone", () => {
  expect(() => matchColumns("x/f.csv", ["a", "quite different"], { layout })).toThrow(
    expect.objectContaining({
      message: "f.csv lacks the column 'b'",
      hint: "Correct the names in the schema or in the source",
      details: { path: "x/f.csv", missing: ["b"], found: ["a", "quite different"] },
    }),
  );
});
