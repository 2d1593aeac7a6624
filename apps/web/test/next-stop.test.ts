import { nextStop } from "../src/next-stop.ts";

test.each([
  ["ArrowDown", 5, 6],
  ["ArrowUp", 5, 4],
  ["PageDown", 5, 20],
  ["PageUp", 20, 5],
  ["Home", 20, 0],
  ["End", 20, 99],
  ["ArrowUp", 0, 0],
  ["ArrowDown", 99, 99],
  ["PageDown", 98, 99],
  ["PageUp", 3, 0],
])("rows: %s at %i goes to %i", (key, active, expected) => {
  expect(nextStop("row", key, active, 100)).toBe(expected);
});

test("columns: sideways keys move, the others are left to the page", () => {
  expect(nextStop("column", "ArrowRight", 1, 4)).toBe(2);
  expect(nextStop("column", "ArrowLeft", 1, 4)).toBe(0);
  expect(nextStop("column", "End", 1, 4)).toBe(3);
  for (const key of ["ArrowDown", "PageDown", "Enter", "a"]) {
    expect(nextStop("column", key, 1, 4)).toBeNull();
  }
  expect(nextStop("row", "ArrowRight", 1, 4)).toBeNull();
});
