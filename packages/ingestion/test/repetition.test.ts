import { measureRepetition } from "../src/repetition.ts";

test("counts repeats, conflicts and what no rule can get right", () => {
  // Vector 0: both classes, 3 to 1; vector 1: one class, twice; vector 2: once.
  const vectors = { ids: Int32Array.of(0, 1, 0, 2, 0, 1, 0), count: 3 };
  const classes = Uint8Array.of(1, 0, 0, 1, 1, 0, 1);
  expect(measureRepetition(vectors, classes)).toEqual({
    distinctVectors: 3,
    duplicateRows: 3,
    conflictingRows: 4,
  });
});
