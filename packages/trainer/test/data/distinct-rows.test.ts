import * as fc from "fast-check";

import { distinctRows } from "../../src/data/distinct-rows.ts";

const cell = fc.constantFrom(-1, 0, 1, 2.5, NaN);

test("rows are distinct, ascending with NaN last, and lead back to the matrix", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }), (rows) => {
      const matrix = { data: Float64Array.from(rows.flat()), rows: rows.length, cols: 2 };
      const { x, indexOf } = distinctRows(matrix);
      const distinct = Array.from({ length: x.rows }, (_, row) =>
        Array.from(x.data.subarray(2 * row, 2 * row + 2)),
      );
      rows.forEach((row, i) => expect(distinct[indexOf[i] as number]).toEqual(row));
      const key = (row: readonly number[]): string =>
        row.map((v) => String.fromCharCode(Number.isNaN(v) ? 99 : 50 + 2 * v)).join("");
      const keys = distinct.map((row) => key(row));
      expect(keys).toEqual([...new Set(rows.map((row) => key(row)))].sort());
    }),
  );
});
