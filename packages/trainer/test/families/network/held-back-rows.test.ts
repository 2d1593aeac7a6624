import { SeededRandom } from "@gillnet/entity";

import { holdBackRows } from "../../../src/families/network/held-back-rows.ts";

/** 40 rows without weight, 100 negative, 50 positive and 10 that are mostly positive. */
const weight = Float64Array.from({ length: 200 }, (_, row) => (row < 40 ? 0 : 1 + (row % 3)));
const sum = weight.map((w, row) => (row < 140 ? 0 : row < 190 ? w : 0.6 * w));

test("a share of each class is held back, every row is on one side, rows of weight 0 on none", () => {
  const { fitting, heldBack } = holdBackRows({ sum, weight }, 0.11, new SeededRandom(1));
  expect(heldBack.filter((row) => row < 140).length).toBe(11);
  expect(heldBack.filter((row) => row >= 140).length).toBe(6);
  expect([...fitting, ...heldBack].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 160 }, (_, i) => 40 + i),
  );
  expect(heldBack).toEqual(heldBack.toSorted());
  const other = holdBackRows({ sum, weight }, 0.11, new SeededRandom(2));
  expect(other.heldBack).not.toEqual(heldBack);
});

test("with too few rows of a class nothing is held back", () => {
  for (const share of [0, 0.01]) {
    const { fitting, heldBack } = holdBackRows({ sum, weight }, share, new SeededRandom(1));
    expect(heldBack.length).toBe(0);
    expect(fitting.length).toBe(160);
  }
});
