import { SeededRandom } from "@gillnet/entity";

import { numberDistinctRows } from "../../src/distinct-rows.ts";
import { splitAtRandom } from "../../src/split/split-at-random.ts";
import { numeric } from "../tables.ts";

function labelledRows(cells: readonly number[]): Parameters<typeof splitAtRandom>[0] {
  return {
    rows: numberDistinctRows([numeric("n", cells)], cells.length),
    classes: Uint8Array.from(cells, (cell) => cell % 2),
  };
}

const random = new SeededRandom(9);
const cells = Array.from({ length: 501 }, () => random.integer(40));

test("each class has its share in test, to the row", () => {
  const { classes } = labelledRows(cells);
  const { train, test } = splitAtRandom(labelledRows(cells), 0.3, new SeededRandom(1));
  expect([...train, ...test].sort((a, b) => a - b)).toEqual([...cells.keys()]);
  for (const cls of [0, 1]) {
    const total = classes.filter((other) => other === cls).length;
    expect(test.filter((row) => classes[row] === cls)).toHaveLength(Math.round(0.3 * total));
  }
});

test("the order of the rows has no influence on which rows land where, the seed has", () => {
  const testCells = (list: readonly number[], seed: number): number[] => {
    const { test } = splitAtRandom(labelledRows(list), 0.2, new SeededRandom(seed));
    return [...test].map((row) => list[row] as number).sort((a, b) => a - b);
  };
  const shuffled = cells.slice();
  random.shuffle(shuffled);
  expect(testCells(shuffled, 1)).toEqual(testCells(cells, 1));
  expect(testCells(cells, 2)).not.toEqual(testCells(cells, 1));
});

test("small classes are on both sides", () => {
  const { train, test } = splitAtRandom(labelledRows([0, 2, 1, 3]), 0.05, new SeededRandom(1));
  expect([train.length, test.length]).toEqual([2, 2]);
});

test("a class with one row is refused", () => {
  expect(() => splitAtRandom(labelledRows([0, 2, 4, 1]), 0.2, random)).toThrow(
    expect.objectContaining({ code: "INGESTION_TOO_FEW_GROUPS" }),
  );
});
