import type { Table } from "@gillnet/entity";
import { cellValue, SeededRandom, takeRows } from "@gillnet/entity";
import { sampleRows } from "../../src/publish/sample-rows.ts";

const random = new SeededRandom(1);
const table: Table = {
  columns: [
    {
      kind: "numeric",
      name: "a",
      values: Float64Array.from({ length: 200 }, () => random.integer(9)),
    },
    {
      kind: "categorical",
      name: "b",
      codes: Int32Array.from({ length: 200 }, () => random.integer(4) - 1),
      categories: ["x", "y", "z"],
    },
  ],
  rowCount: 200,
};
const rowsOf = (sample: Table): string[] =>
  Array.from({ length: sample.rowCount }, (_, row) =>
    sample.columns.map((column) => String(cellValue(column, row))).join(),
  );

test("gives rows that differ, as many as asked for, the same whatever their order", () => {
  const rows = rowsOf(sampleRows(table, 20));
  expect(new Set(rows).size).toBe(20);
  const order = Array.from({ length: 200 }, (_, i) => i);
  new SeededRandom(2).shuffle(order);
  expect(rowsOf(sampleRows(takeRows(table, order), 20))).toEqual(rows);
});

test("gives all of them when there are few, and none of none", () => {
  expect(sampleRows(table, 1000).rowCount).toBe(new Set(rowsOf(table)).size);
  expect(sampleRows(takeRows(table, []), 20).rowCount).toBe(0);
});
