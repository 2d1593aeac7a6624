import type { CategoricalColumn } from "@gillnet/entity";

import { documentsOf, rowKeyOf, rowNumberOf } from "../../src/mongodb/csv-documents.ts";

/** A column of texts, null for missing. */
function column(name: string, cells: readonly (string | null)[]): CategoricalColumn {
  const categories = [...new Set(cells.filter((cell) => cell !== null))].sort();
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : categories.indexOf(cell)));
  return { kind: "categorical", name, codes, categories };
}

function tableOf(...columns: CategoricalColumn[]): Parameters<typeof documentsOf>[0] {
  return { columns, rowCount: columns[0]?.codes.length ?? 0 };
}

test("numbers in their one spelling are numbers, missing cells null, all else text", () => {
  const table = tableOf(
    column("a", ["1", "-0.5", "007", "12345678901234567890", "1e+21", null, "NA"]),
  );
  const values = [...documentsOf(table)].map(({ withId }) => withId(1)["a"] as unknown);
  expect(values).toEqual([1, -0.5, "007", "12345678901234567890", 1e21, null, "NA"]);
});

test("equal rows are told apart by their number; keys do not depend on the order of columns", () => {
  const [a, b] = [column("a", ["1", "2", "1", "1"]), column("b", ["x", "x", "x", null])];
  const keys = [...documentsOf(tableOf(a, b))].map(({ key }) => key);
  expect(keys.map((key) => key.slice(-2))).toEqual(["-1", "-1", "-2", "-1"]);
  expect(new Set(keys.map((key) => key.slice(0, -2))).size).toBe(3);
  expect([...documentsOf(tableOf(b, a))].map(({ key }) => key)).toEqual(keys);
});

test("cells that look like other cells make other rows", () => {
  const rows = [
    tableOf(column("a", ["1"])),
    tableOf(column("b", ["1"])),
    tableOf(column("a", ["01"])),
    tableOf(column("a", [null])),
    tableOf(column("a", ["null"])),
    tableOf(column("a", ['1,"b":2'])),
    tableOf(column("a", ["1"]), column("b", ["2"])),
  ];
  const keys = rows.flatMap((table) => [...documentsOf(table)].map(({ key }) => key));
  expect(new Set(keys).size).toBe(rows.length);
});

test("ids sort by number, and hold number and key", () => {
  const [row] = documentsOf(tableOf(column("a", ["1"])));
  const ids = [9, 10, 123_456].map((number) => row?.withId(number)["_id"] as string);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.map(rowNumberOf)).toEqual([9, 10, 123_456]);
  expect(ids.map(rowKeyOf)).toEqual([row?.key, row?.key, row?.key]);
});

test("a column may be called as a property that objects have", () => {
  const [row] = documentsOf(tableOf(column("__proto__", ["1"]), column("x.y", ["2"])));
  expect(Object.entries(row?.withId(1) ?? {}).slice(1)).toEqual([
    ["__proto__", 1],
    ["x.y", 2],
  ]);
});
