import { SeededRandom } from "@gillnet/entity";

import { binsOf, digitsOf, groupColumns, planOf } from "../../src/engine/column-groups.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

test("every column is in one group, whose combinations fit a byte; few bytes hold thirty narrow columns", () => {
  const recipes = Array.from({ length: 31 }, (_, i) => ({
    kind: "numeric" as const,
    levels: i === 30 ? 200 : i % 4 === 0 ? 3 : 2,
  }));
  const { binned } = trainingSetOf(randomTable(400, recipes, new SeededRandom(4)));
  const groups = groupColumns(binned);
  expect(groups.flatMap(({ columns }) => columns).sort((a, b) => a - b)).toEqual([
    ...Array.from({ length: 31 }).keys(),
  ]);
  for (const { columns, cells } of groups) {
    expect(columns.reduce((product, column) => product * binsOf(binned, column), 1)).toBe(cells);
    expect(cells).toBeLessThanOrEqual(256);
  }
  expect(groups.length).toBe(6);
});

test("a column's bin is its digit of the group's code, and the plan tells the same", () => {
  const levels = [2, 40, 3, 250];
  const recipes = levels.map((each) => ({ kind: "numeric" as const, levels: each }));
  const { binned } = trainingSetOf(randomTable(4000, recipes, new SeededRandom(4)));
  const groups = groupColumns(binned);
  expect(digitsOf(binned, groups)).toEqual([
    { column: 3, group: 0, radix: 1, bins: 250 },
    { column: 1, group: 1, radix: 1, bins: 40 },
    { column: 2, group: 1, radix: 40, bins: 3 },
    { column: 0, group: 1, radix: 120, bins: 2 },
  ]);
  expect(planOf(binned, groups)).toEqual([1, 250, 250, 45, 3, 240, 40, 2, 3, 42, 2, 0]);
});
