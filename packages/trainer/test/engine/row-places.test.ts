import { placeRows, rowsOfWeight } from "../../src/engine/row-places.ts";

const WEIGHT = Float64Array.of(0, 2, 0.5, 0, 1);

test("rows of some weight, ascending", () => {
  expect([...rowsOfWeight(WEIGHT)]).toEqual([1, 2, 4]);
  expect([...rowsOfWeight(new Float64Array(3))]).toEqual([]);
});

test("rows that take part come first", () => {
  const { order, taking } = placeRows(WEIGHT);
  expect([...order]).toEqual([1, 2, 4, 0, 3]);
  expect(taking).toBe(3);
});

test("both parts are filled up", () => {
  const { order, taking } = placeRows(WEIGHT, 2, 8);
  expect([...order]).toEqual([1, 2, 4, -1, 0, 3, -1, -1]);
  expect(taking).toBe(4);
  expect(placeRows(Float64Array.of(1, 1), 2, 16).order).toHaveLength(16);
  expect(placeRows(new Float64Array(0), 2, 16)).toEqual({ order: new Int32Array(0), taking: 0 });
});
