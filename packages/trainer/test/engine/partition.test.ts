import * as fc from "fast-check";

import { partitionRows } from "../../src/engine/partition.ts";

test("rows keep their order on both sides, and rows of other nodes stay", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 }),
      fc.tuple(fc.nat(), fc.nat()),
      fc.array(fc.constantFrom(0, 1), { minLength: 5, maxLength: 5 }),
      (bins, [a, b], left) => {
        const n = bins.length;
        const start = Math.min(a % (n + 1), b % (n + 1));
        const end = Math.max(a % (n + 1), b % (n + 1));
        // The split column is the second of two.
        const codes = Uint8Array.from([...bins.map(() => 0), ...bins]);
        const rows = Int32Array.from(bins, (_, i) => n - 1 - i);
        const before = Array.from(rows);
        const goesLeft = Uint8Array.from(left);
        const middle = partitionRows(codes, n, goesLeft, rows, new Int32Array(n), start, end);
        const inside = before.slice(start, end);
        const goes = (row: number): boolean => left[bins[row] as number] === 1;
        expect(Array.from(rows)).toEqual([
          ...before.slice(0, start),
          ...inside.filter((row) => goes(row)),
          ...inside.filter((row) => !goes(row)),
          ...before.slice(end),
        ]);
        expect(middle - start).toBe(inside.filter((row) => goes(row)).length);
      },
    ),
  );
});
