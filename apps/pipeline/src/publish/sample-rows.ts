import { cellValue, takeRows } from "@gillnet/entity";
import type { Table } from "@gillnet/entity";

/**
 * Up to `most` rows that differ from each other, evenly spread over the sorted rows of `table`: the same
 * ones whatever order the rows are in.
 */
export function sampleRows(table: Table, most: number): Table {
  const rowOf = new Map<string, number>();
  for (let row = 0; row < table.rowCount; row++) {
    const text = JSON.stringify(table.columns.map((column) => cellValue(column, row)));
    if (!rowOf.has(text)) rowOf.set(text, row);
  }
  const distinct = [...rowOf.keys()].sort();
  const count = Math.min(distinct.length, most);
  const chosen = Array.from(
    { length: count },
    (_, i) => distinct[Math.floor((i * distinct.length) / count)] as string,
  );
  return takeRows(
    table,
    chosen.map((text) => rowOf.get(text) as number),
  );
}
