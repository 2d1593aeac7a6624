import { SeededRandom } from "@gillnet/entity";

import { binsOf, groupColumns } from "../../../src/engine/column-groups.ts";
import { packRows } from "../../../src/engine/hist/pack-rows.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";

const { binned } = trainingSetOf(
  randomTable(
    9000,
    [2, 3, 254, 2, 40, 3, 7, 1, 2].map((levels) => ({ kind: "numeric", levels, missing: 0.1 })),
    new SeededRandom(1),
  ),
);
const groups = groupColumns(binned);

test("every column is in one byte, whose cells are at most 256", () => {
  expect(groups.flatMap(({ columns }) => columns).sort((a, b) => a - b)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  for (const { columns, cells } of groups) {
    expect(cells).toBe(columns.reduce((product, column) => product * binsOf(binned, column), 1));
    expect(cells).toBeLessThanOrEqual(256);
  }
});

test("a row's bytes give back its codes, digit by digit", () => {
  const { data, rows } = binned.codes;
  const codes = new Uint8Array(rows * 8);
  packRows(binned, groups, codes, 8);
  groups.forEach(({ columns }, physical) => {
    for (let row = 0; row < rows; row++) {
      let rest = codes[row * 8 + physical] as number;
      for (const column of columns) {
        const bins = binsOf(binned, column);
        if (rest % bins !== data[column * rows + row])
          throw new Error(`row ${row}, column ${column}`);
        rest = Math.floor(rest / bins);
      }
      if (rest !== 0) throw new Error(`row ${row} has something left`);
    }
  });
});
