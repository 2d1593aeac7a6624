import { timingOf } from "../../src/commands/compare-fits.ts";

test("the first fit of each process is a warm-up for the others", () => {
  expect(
    timingOf([
      [9, 2, 3],
      [11, 4, 5],
    ]),
  ).toEqual({ first: 10, median: 3.5, min: 2, max: 5, fits: 4 });
});

test("where there is one fit a process, it counts", () => {
  expect(timingOf([[3], [1], [2]])).toEqual({ first: 2, median: 2, min: 1, max: 3, fits: 3 });
});
