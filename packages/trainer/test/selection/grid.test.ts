import { expandGrid } from "../../src/selection/grid.ts";

test("all combinations, the last name fastest, each once", () => {
  expect(expandGrid({ b: [1, 2, 1], a: "x", c: [true, null] }, ["a", "b", "c"])).toEqual([
    { a: "x", b: 1, c: true },
    { a: "x", b: 1, c: null },
    { a: "x", b: 2, c: true },
    { a: "x", b: 2, c: null },
  ]);
});

test("an empty list leaves nothing to try", () => {
  expect(expandGrid({ a: [] }, ["a"])).toEqual([]);
});
