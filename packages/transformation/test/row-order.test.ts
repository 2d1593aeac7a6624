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

test("orderRows is a permutation in ascending order", () => {
  const cell = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(NA));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 30 }), (rows) => {
      const matrix = { data: Float64Array.from(rows.flat()), rows: rows.length, cols: 2 };
      const order = [...orderRows(matrix, [0, 1])];
      expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
      order.slice(1).forEach((row, i) => {
        expect(compareRows(matrix, [0, 1], order[i] as number, row)).toBeLessThanOrEqual(0);
      });
    }),
    { seed: 42 },
  );
});
