import { SeededRandom } from "@gillnet/entity";

import { binsOf, groupColumns } from "../../src/engine/column-groups.ts";
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
