import { SeededRandom } from "@gillnet/entity";

import { groupedCells } from "../../src/data/grouped-cells.ts";
import type { GroupedCells } from "../../src/data/grouped-cells.ts";

type Row = readonly [group: number, vector: number, label: number, weight: number];

function cellsOf(rows: readonly Row[]): GroupedCells {
  const labelled = {
    x: { data: new Float64Array(0), rows: rows.length, cols: 0 },
    groups: Float64Array.from(rows, (row) => row[0]),
    labels: Uint8Array.from(rows, (row) => row[2]),
    weights: Float64Array.from(rows, (row) => row[3]),
  };
  return groupedCells(
    labelled,
    Int32Array.from(rows, (row) => row[1]),
  );
}

test("whole weights are counts: equal rows of a group make one cell", () => {
  expect(
    cellsOf([
      [9, 5, 1, 1],
      [4, 2, 0, 3],
      [9, 5, 1, 2],
      [9, 5, 0, 1],
    ]),
  ).toEqual({
    groups: 2,
    group: Int32Array.of(0, 1, 1),
    vector: Int32Array.of(2, 5, 5),
    label: Uint8Array.of(0, 0, 1),
    unit: Float64Array.of(1, 1, 1),
    copies: Float64Array.of(3, 1, 3),
    weightUnit: 1,
  });
});

test("other weights stay apart, with their copies counted", () => {
  expect(
    cellsOf([
      [1, 0, 1, 0.5],
      [1, 0, 1, 1.5],
      [1, 0, 1, 0.5],
      [1, 0, 1, 2],
    ]),
  ).toMatchObject({
    unit: Float64Array.of(0.5, 1.5, 2),
    copies: Float64Array.of(2, 1, 1),
    weightUnit: 4.5 / 4,
  });
});

test.each([
  ["whole", [1, 2, 3]],
  ["other", [0.1, 0.2, 0.7]],
])("%s weights: neither the rows' order nor the groups' numbers matter", (_, weights) => {
  const random = new SeededRandom(3);
  const rows = Array.from({ length: 60 }, (): Row => [
    random.integer(20),
    random.integer(4),
    random.integer(2),
    weights[random.integer(3)] as number,
  ]);
  const cells = cellsOf(rows);
  const order = Array.from(rows.keys());
  random.shuffle(order);
  const renamed = order.map((at): Row => {
    const [group, vector, label, weight] = rows[at] as Row;
    return [1000 - 7 * ((group * 11) % 20), vector, label, weight];
  });
  expect(cellsOf(renamed)).toEqual(cells);
});
