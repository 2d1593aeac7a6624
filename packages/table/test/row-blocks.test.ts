import { RowBlocks } from "../src/row-blocks.ts";
import { TableBuilder } from "../src/table-builder.ts";

test("rows past the end of a block go on in the next, and a row that is not ended is no row", () => {
  const builder = new TableBuilder({
    columns: [
      { name: "a", kind: "numeric" },
      { name: "b", kind: "numeric" },
    ],
    missingMarkers: [],
  });
  const blocks = new RowBlocks(builder, builder.columns.toReversed());
  const rows = 140_000;
  for (let row = 0; row < rows; row++) {
    blocks.set(0, -1);
    blocks.set(0, row);
    blocks.set(1, 2 * row);
    if (row % 2 === 0) blocks.endRow(row + 1);
  }
  const { table, sourceRows } = blocks.finish();
  expect(table.rowCount).toBe(rows / 2);
  const [a, b] = table.columns;
  if (a?.kind !== "numeric" || b?.kind !== "numeric") throw new TypeError("Two numeric columns");
  for (let at = 0; at < rows / 2; at += 997) {
    expect([a.values[at], b.values[at], sourceRows[at]]).toEqual([4 * at, 2 * at, 2 * at + 1]);
  }
});
