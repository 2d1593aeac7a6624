import { cellValue, SeededRandom } from "@gillnet/entity";
import type { Column } from "@gillnet/entity";

import { numberDistinctRows } from "../src/distinct-rows.ts";
import { categorical, numeric } from "./tables.ts";

/** Compares two rows cell by cell: numbers ascending, text by code unit, missing last. */
function compareRows(columns: readonly Column[], a: number, b: number): number {
  for (const column of columns) {
    const x = cellValue(column, a);
    const y = cellValue(column, b);
    if (x === y) continue;
    if (x === null) return 1;
    if (y === null) return -1;
    return x < y ? -1 : 1;
  }
  return 0;
}

/** The obvious way: sort the rows, give a new id whenever a row differs from the one before. */
function numberDistinctRowsNaively(columns: readonly Column[], rowCount: number): number[] {
  const order = [...Array(rowCount).keys()].sort((a, b) => compareRows(columns, a, b));
  const ids: number[] = [];
  let id = -1;
  for (const [i, row] of order.entries()) {
    if (i === 0 || compareRows(columns, order[i - 1] as number, row) !== 0) id++;
    ids[row] = id;
  }
  return ids;
}

describe("numberDistinctRows", () => {
  test("numbers rows in the order of their cells, missing last and equal to missing", () => {
    const columns = [
      numeric("n", [1, Number.NaN, 0.5, 1, Number.NaN, -0, 0]),
      categorical("c", ["b", null, "a", "a", null, "x", "x"]),
    ];
    const { ids, count } = numberDistinctRows(columns, 7);
    expect([...ids]).toEqual([3, 4, 1, 2, 4, 0, 0]);
    expect(count).toBe(5);
  });

  test("agrees with the naive way, whatever the columns' ranges, in one go or two", () => {
    const random = new SeededRandom(11);
    const makers: ((row: number) => number)[] = [
      () => random.integer(3) - 1,
      () => random.integer(1_000_000) * 100,
      () => random.uniform(),
      () => (random.integer(4) === 0 ? Number.NaN : random.integer(2)),
      () => 2 ** 52 + random.integer(2),
      () => -1e300 * random.integer(2),
      () => Number.NaN,
    ];
    for (let trial = 0; trial < 30; trial++) {
      const rowCount = 1 + random.integer(200);
      const columns = Array.from({ length: 1 + random.integer(12) }, (_, index): Column => {
        const make = makers[random.integer(makers.length)] as (row: number) => number;
        const cells = Array.from({ length: rowCount }, make);
        return random.integer(3) === 0
          ? categorical(
              `c${index}`,
              cells.map((cell) => (Number.isNaN(cell) ? null : String(cell))),
            )
          : numeric(`n${index}`, cells);
      });
      const { ids, count } = numberDistinctRows(columns, rowCount);
      const expected = numberDistinctRowsNaively(columns, rowCount);
      expect([...ids]).toEqual(expected);
      expect(count).toBe(Math.max(...expected) + 1);

      const half = Math.floor(columns.length / 2);
      const coarser = numberDistinctRows(columns.slice(0, half), rowCount);
      expect([...numberDistinctRows(columns.slice(half), rowCount, coarser).ids]).toEqual(expected);
    }
  });

  test("without columns all rows are equal, without rows there are none", () => {
    expect(numberDistinctRows([], 3)).toEqual({ ids: Int32Array.of(0, 0, 0), count: 1 });
    expect(numberDistinctRows([numeric("n", [])], 0).count).toBe(0);
  });
});
