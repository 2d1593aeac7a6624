import * as fc from "fast-check";

import { distinctRows } from "../../src/data/distinct-rows.ts";

const cell = fc.constantFrom(-1, 0, 1, 2.5, NaN);

function matrixOf(rows: readonly (readonly number[])[]): Parameters<typeof distinctRows>[0] {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols: 2 };
}

test("rows are distinct, lead back to the matrix, and come in an order of their own", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }), (rows) => {
      const { x, indexOf } = distinctRows(matrixOf(rows));
      const distinct = Array.from({ length: x.rows }, (_, row) =>
        Array.from(x.data.subarray(2 * row, 2 * row + 2)),
      );
      rows.forEach((row, i) => expect(distinct[indexOf[i] as number]).toEqual(row));
      expect(distinct.length).toBe(new Set(rows.map(String)).size);
      expect(distinctRows(matrixOf(rows.toReversed())).x).toEqual(x);
    }),
  );
});
