import { cellValue, findColumn, takeRows } from "../src/table.ts";
import type { Table } from "../src/table.ts";

const table: Table = {
  rowCount: 3,
  columns: [
    { kind: "numeric", name: "age", values: Float64Array.of(30, Number.NaN, 50) },
    {
      kind: "categorical",
      name: "colour",
      codes: Int32Array.of(1, -1, 0),
      categories: ["blue", "red"],
    },
  ],
};

test("cells read as plain values, missing as null", () => {
  const [age, colour] = table.columns;
  expect([0, 1, 2, 3].map((row) => cellValue(age!, row))).toEqual([30, null, 50, null]);
  expect([0, 1, 2, 3].map((row) => cellValue(colour!, row))).toEqual(["red", null, "blue", null]);
});

test("findColumn finds by name", () => {
  expect(findColumn(table, "colour")?.kind).toBe("categorical");
  expect(findColumn(table, "Colour")).toBeUndefined();
});

test("takeRows copies rows in the order asked for and leaves the table alone", () => {
  const taken = takeRows(table, [2, 0, 2]);
  expect(taken.rowCount).toBe(3);
  expect([0, 1, 2].map((row) => cellValue(taken.columns[0]!, row))).toEqual([50, 30, 50]);
  expect([0, 1, 2].map((row) => cellValue(taken.columns[1]!, row))).toEqual([
    "blue",
    "red",
    "blue",
  ]);
  (taken.columns[0] as { values: Float64Array }).values[0] = 1;
  expect(cellValue(table.columns[0]!, 2)).toBe(50);
});
