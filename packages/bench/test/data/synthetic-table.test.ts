import { createHash } from "node:crypto";
import { SeededRandom } from "@gillnet/entity";
import { countDistinctRows } from "../../src/data/count-distinct-rows.ts";
import type { LabelledTable } from "../../src/data/real-table.ts";
import { continuousTable, resampledTable } from "../../src/data/synthetic-table.ts";
import type { Block, SyntheticTable } from "../../src/data/synthetic-table.ts";

const COLS = 6;
/** Four columns of two values and two of three; the label is the first column. */
const base: LabelledTable = (() => {
  const random = new SeededRandom(3);
  const x = Float64Array.from({ length: 300 * COLS }, (_, cell) =>
    cell % COLS < 4 ? 2 * random.integer(2) - 1 : random.integer(3) - 1,
  );
  const y = Uint8Array.from({ length: 300 }, (_, row) => (x[row * COLS] === 1 ? 1 : 0));
  return { x, y, cols: COLS };
})();
const resampled = resampledTable(base);

const hashOf = (blocks: Iterable<Block>): string => {
  const hash = createHash("sha256");
  for (const { x, y } of blocks) hash.update(x).update(y);
  return hash.digest("hex");
};
const rowsOf = (table: SyntheticTable, rows: number): number[][] =>
  [...table.blocks(rows, 1, "train")].flatMap(({ x, y }) =>
    Array.from(y, (label, row) => [...x.subarray(row * table.cols, (row + 1) * table.cols), label]),
  );

describe.each([
  ["resampled", resampled],
  ["continuous", continuousTable],
])("the %s table", (_name, table) => {
  test("has the same bytes for the same seed, and others for another seed or part", () => {
    const hash = hashOf(table.blocks(2000, 1, "train"));
    expect(hashOf(table.blocks(2000, 1, "train"))).toBe(hash);
    expect(hashOf(table.blocks(2000, 2, "train"))).not.toBe(hash);
    expect(hashOf(table.blocks(2000, 1, "test"))).not.toBe(hash);
  });

  test("has as many rows as asked for, also over several blocks, and begins the same when it is longer", () => {
    const long = rowsOf(table, 70_000);
    expect(long).toHaveLength(70_000);
    expect(long.slice(0, 100)).toEqual(rowsOf(table, 100));
  });
});

test("a resampled table has the columns' values as ranks, and mostly the base's rows and labels", () => {
  const rows = rowsOf(resampled, 20_000);
  const distinctIn = (column: number): number => new Set(rows.map((row) => row[column])).size;
  expect(Array.from({ length: COLS }, (_, column) => distinctIn(column))).toEqual([
    2, 2, 2, 2, 3, 3,
  ]);
  expect([...new Set(rows.flat())].sort()).toEqual([0, 1, 2]);
  // 1 % flipped, and half of the 5 % of redrawn first cells differ.
  const agreeing = rows.filter((row) => row[0] === row[COLS]).length / rows.length;
  expect(agreeing).toBeGreaterThan(0.955);
  expect(agreeing).toBeLessThan(0.975);
});

test("a continuous table has standard normal columns and a label that they tell about", () => {
  const rows = rowsOf(continuousTable, 20_000);
  for (const column of [0, 7, 29]) {
    const values = rows.map((row) => row[column]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(square - 1)).toBeLessThan(0.05);
  }
  const shareOf = (some: number[][]): number =>
    some.filter((row) => row[30] === 1).length / some.length;
  expect(shareOf(rows)).toBeGreaterThan(0.45);
  expect(shareOf(rows)).toBeLessThan(0.55);
  expect(shareOf(rows.filter((row) => row[5]! > 0.5))).toBeGreaterThan(shareOf(rows) + 0.1);
});

test("distinct rows are counted as a set of texts counts them", () => {
  const rows = rowsOf(resampled, 3000).map((row) => row.slice(0, COLS).join());
  expect(countDistinctRows(resampled.blocks(3000, 1, "train"), COLS)).toBe(new Set(rows).size);
});
