import { SeededRandom } from "@gillnet/entity";

import { NodeColumns } from "../../src/engine/node-columns.ts";

test("draws go through all columns without replacement, and leave out those known to be constant", () => {
  const columns = new NodeColumns(70);
  columns.reset();
  for (const column of [0, 31, 32, 69]) columns.setConstant(0, column);
  const random = new SeededRandom(1);
  const seen: number[] = [];
  for (let visited = 0; visited < 70; visited += 7) {
    const count = columns.draw(0, visited, visited + 7, random);
    seen.push(...columns.drawn.subarray(0, count));
  }
  const filled = Array.from({ length: 70 }, (_, column) => column).filter(
    (column) => ![0, 31, 32, 69].includes(column),
  );
  expect(seen).not.toEqual(filled);
  expect(seen.toSorted((a, b) => a - b)).toEqual(filled);
  expect(columns.takeAll(0)).toBe(66);
  expect(Array.from(columns.drawn.subarray(0, 66))).toEqual(filled);
});

test("a child knows what its parent knows, however deep, and the next tree knows nothing", () => {
  const columns = new NodeColumns(40);
  columns.reset();
  for (let place = 0; place < 500; place++) {
    if (place < 40) columns.setConstant(place, place);
    columns.copyConstant(place, place + 1);
  }
  expect([columns.isConstant(3, 3), columns.isConstant(3, 4)]).toEqual([true, false]);
  expect(columns.takeAll(500)).toBe(0);
  columns.reset();
  expect(columns.takeAll(0)).toBe(40);
});
