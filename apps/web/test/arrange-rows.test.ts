import * as fc from "fast-check";
import { arrangeRows, countShown, nextSort, wholeFile } from "../src/arrange-rows.ts";
import type { Shown, Sort, SortColumn, View } from "../src/arrange-rows.ts";
import { problem, tableOf } from "./model-of-test.ts";

const CSV = "id,age,note\nb,10,Zürich\na,9,\nc,,zürich\nd,100,x\n";
const table = tableOf(
  CSV,
  [0.2, 0.9, null, 0.9],
  [
    [],
    [problem("MISSING", "income")],
    [problem("NOT_A_NUMBER", "age", true), problem("MISSING", "x")],
  ],
);

function arranged(view: Partial<View>): number[] {
  return [...arrangeRows(table, { ...wholeFile, ...view })];
}

function sorted(column: SortColumn, descending = false): number[] {
  return arranged({ sort: { column, descending } });
}

describe("arrangeRows", () => {
  test("shows the whole file in its order", () => {
    expect(arranged({})).toEqual([0, 1, 2, 3]);
    expect(sorted("row", true)).toEqual([3, 2, 1, 0]);
  });

  test.each<[Shown, number[]]>([
    ["positive", [1, 3]],
    ["negative", [0]],
    ["flagged", [1, 2]],
  ])("shows only %s rows", (shown, rows) => {
    expect(arranged({ shown })).toEqual(rows);
    expect(countShown(table)[shown]).toBe(rows.length);
  });

  test("finds text in cells and problems, whatever its case", () => {
    expect(arranged({ search: " ZÜRICH" })).toEqual([0, 2]);
    expect(arranged({ search: "missing" })).toEqual([1, 2]);
    expect(arranged({ search: "missing", shown: "positive" })).toEqual([1]);
    expect(arranged({ search: "nowhere" })).toEqual([]);
    // The header is no row, and neither is the end of one and the start of the next.
    expect(arranged({ search: "note" })).toEqual([]);
    expect(arranged({ search: "zürich\na" })).toEqual([]);
  });

  test("sorts by probability; ties keep the file's order, rows without one come last", () => {
    expect(sorted("probability")).toEqual([0, 1, 3, 2]);
    expect(sorted("probability", true)).toEqual([1, 3, 0, 2]);
  });

  test("sorts by class, the positive one first, and by the number of problems", () => {
    expect(sorted("prediction")).toEqual([1, 3, 0, 2]);
    expect(sorted("prediction", true)).toEqual([0, 1, 3, 2]);
    expect(sorted("problems", true)).toEqual([2, 1, 0, 3]);
  });

  test("sorts a column of the file as numbers where it holds nothing else, else as text; empty cells last", () => {
    expect(sorted(1)).toEqual([1, 0, 3, 2]);
    expect(sorted(1, true)).toEqual([3, 0, 1, 2]);
    expect(sorted(0)).toEqual([1, 0, 2, 3]);
    expect(sorted(2)).toEqual([0, 3, 2, 1]);
  });

  test("agrees with a plain sort of the shown rows", () => {
    const probability = fc.oneof(
      fc.constant(null),
      fc.constantFrom(0, 0.25, 0.5, 1),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(probability), fc.boolean(), (probabilities, descending) => {
        const csv = `a\n${probabilities.map((_, row) => `r${row}\n`).join("")}`;
        const table = tableOf(csv, probabilities);
        const given = probabilities.map((value, row) => ({ value, row }));
        const predicted = given.filter(({ value }) => value !== null);
        predicted.sort((a, b) => {
          const difference = (a.value as number) - (b.value as number);
          return (descending ? -difference : difference) || a.row - b.row;
        });
        const expected = [...predicted, ...given.filter(({ value }) => value === null)];
        const sort: Sort = { column: "probability", descending };
        expect([...arrangeRows(table, { ...wholeFile, sort })]).toEqual(
          expected.map(({ row }) => row),
        );
      }),
    );
  });
});

describe("nextSort", () => {
  test.each<[SortColumn, boolean]>([
    ["probability", true],
    ["problems", true],
    ["prediction", false],
    [4, false],
  ])("of %s: its first way, the other, the file's order", (column, startsDescending) => {
    const first = nextSort(wholeFile.sort, column);
    expect(first).toEqual({ column, descending: startsDescending });
    const second = nextSort(first, column);
    expect(second).toEqual({ column, descending: !startsDescending });
    expect(nextSort(second, column)).toEqual(wholeFile.sort);
  });

  test("of the row's number: backwards, and the file's order again", () => {
    const backwards = nextSort(wholeFile.sort, "row");
    expect(backwards).toEqual({ column: "row", descending: true });
    expect(nextSort(backwards, "row")).toEqual(wholeFile.sort);
  });
});
