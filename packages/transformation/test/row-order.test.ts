import * as fc from "fast-check";
import { compareCells, compareRows, orderRows } from "../src/row-order.ts";

const NA = NaN;
const MATRIX = { data: Float64Array.of(2, 1, NA, 0, 1, 9, 2, 1, 1, NA), rows: 5, cols: 2 };

test("compareCells puts missing last and takes the two zeros as one", () => {
  expect([3, NA, -1, 0, NA].sort(compareCells)).toEqual([-1, 0, 3, NA, NA]);
  expect(compareCells(-0, 0)).toBe(0);
  expect(compareCells(NA, NA)).toBe(0);
});

test("compareRows looks at the given columns only", () => {
  expect(compareRows(MATRIX, [0], 2, 4)).toBe(0);
  expect(compareRows(MATRIX, [0, 1], 2, 4)).toBeLessThan(0);
  expect(compareRows(MATRIX, [1], 0, 1)).toBeGreaterThan(0);
});

test("orderRows orders by cells, then by the ties, then by index", () => {
  expect([...orderRows(MATRIX, [0, 1])]).toEqual([2, 4, 0, 3, 1]);
  expect([...orderRows(MATRIX, [0, 1], [[1, 1, 1, 0, 1]])]).toEqual([2, 4, 3, 0, 1]);
  expect([
    ...orderRows(
      MATRIX,
      [],
      [
        [1, 1, 1, 1, 1],
        [5, 4, 3, 2, 1],
      ],
    ),
  ]).toEqual([4, 3, 2, 1, 0]);
});

test("orderRows is what comparing rows two by two gives", () => {
  const cell = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(NA, -0, Infinity, -Infinity),
  );
  const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 120 });
  fc.assert(
    fc.property(rows, fc.boolean(), (table, withTies) => {
      const matrix = { data: Float64Array.from(table.flat()), rows: table.length, cols: 3 };
      const ties = withTies ? [table.map(([, , last]) => last)] : [];
      const compared = table
        .map((_, row) => row)
        .sort((a, b) => {
          const order = compareRows(matrix, [1, 0], a, b);
          const tie = ties[0] === undefined ? 0 : compareCells(ties[0][a]!, ties[0][b]!);
          return order || tie || a - b;
        });
      expect([...orderRows(matrix, [1, 0], ties)]).toEqual(compared);
    }),
    { seed: 42, numRuns: 300 },
  );
});

test("orderRows of many rows, sorted, reversed and alike", () => {
  const rows = 20_000;
  const ascending = Float64Array.from({ length: rows }, (_, row) => row);
  const inOrder = [...ascending];
  expect([...orderRows({ data: ascending, rows, cols: 1 }, [0])]).toEqual(inOrder);
  const reversed = ascending.toReversed();
  expect([...orderRows({ data: reversed, rows, cols: 1 }, [0])]).toEqual(inOrder.toReversed());
  expect([...orderRows({ data: new Float64Array(rows), rows, cols: 1 }, [0])]).toEqual(inOrder);
});
