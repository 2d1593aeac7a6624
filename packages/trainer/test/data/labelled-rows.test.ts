import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { labelledRows } from "../../src/data/labelled-rows.ts";

const features: readonly InputFeature[] = [
  { kind: "numeric", name: "a" },
  { kind: "categorical", name: "b", categories: ["x", "y"] },
];

function matrix(rows: readonly (readonly number[])[], cols: number): RowMajorF64 {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, cols };
}

const good = [
  [1.5, 0, 1],
  [NaN, 1, 0],
  [-0, NaN, 0],
];
const goodRows = [
  [7, 100, 1],
  [8, 100, 2.5],
  [9, 4, 1],
];

test("takes features, labels, groups and weights apart, and leaves the input alone", () => {
  const given = matrix(good, 3);
  const before = given.data.slice();
  const rows = labelledRows(given, matrix(goodRows, 3), features, "training");
  expect(given.data).toEqual(before);
  expect(rows.x).toBe(given);
  expect(rows.cols).toBe(2);
  expect(rows.labels).toEqual(Uint8Array.of(1, 0, 0));
  expect(rows.groups).toEqual(Float64Array.of(100, 100, 4));
  expect(rows.weights).toEqual(Float64Array.of(1, 2.5, 1));
});

function withCell(row: number, column: number, value: number): readonly (readonly number[])[] {
  return good.map((cells, r) => cells.map((cell, c) => (r === row && c === column ? value : cell)));
}

test.each([
  [
    "NaN as label",
    withCell(1, 2, NaN),
    goodRows,
    "TRAINER_BAD_LABEL",
    "Row 8 of the training part",
  ],
  ["another label", withCell(1, 2, -1), goodRows, "TRAINER_BAD_LABEL", "got -1"],
  [
    "an infinite feature",
    withCell(2, 0, -Infinity),
    goodRows,
    "TRAINER_BAD_FEATURE",
    "'a' is -Infinity",
  ],
  ["a code that is none", withCell(0, 1, 2), goodRows, "TRAINER_BAD_FEATURE", "from 0 to 1, got 2"],
  ["half a code", withCell(0, 1, 0.5), goodRows, "TRAINER_BAD_FEATURE", "got 0.5"],
  ["weight 0", good, [[7, 1, 0], ...goodRows.slice(1)], "TRAINER_BAD_WEIGHT", "got 0"],
  ["weight NaN", good, [[7, 1, NaN], ...goodRows.slice(1)], "TRAINER_BAD_WEIGHT", "got NaN"],
  ["an infinite weight", good, [[7, 1, Infinity], ...goodRows.slice(1)], "TRAINER_BAD_WEIGHT", ""],
  ["no rows", [], [], "TRAINER_NO_ROWS", "has 0 rows"],
  [
    "one class",
    good.slice(1),
    goodRows.slice(1),
    "TRAINER_ONE_CLASS",
    "All 2 rows of the training part are negative",
  ],
  [
    "fewer rows in the rows file",
    good,
    goodRows.slice(1),
    "TRAINER_SHAPE_MISMATCH",
    "3 rows and 3 x 2 rows",
  ],
] as const)("%s is refused", (_, cells, rows, code, message) => {
  const run = (): unknown => labelledRows(matrix(cells, 3), matrix(rows, 3), features, "training");
  expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
});

test("a matrix of another width is refused", () => {
  const run = (): unknown =>
    labelledRows(matrix([[1, 1]], 2), matrix([[1, 1, 1]], 3), features, "test");
  expect(run).toThrow(expect.objectContaining({ code: "TRAINER_SHAPE_MISMATCH" }));
});
