import { answerColumns, fileColumnWidths } from "../src/table-columns.ts";
import { problem, tableOf } from "./model-of-test.ts";

test("the column of problems is there when there are any", () => {
  const keys = (flagged: boolean): string[] =>
    answerColumns(tableOf("a\n1\n", [1], [flagged ? [problem("MISSING", "a")] : []])).map(
      ({ key }) => key,
    );
  expect(keys(false)).toEqual(["row", "prediction", "probability"]);
  expect(keys(true)).toEqual(["row", "prediction", "probability", "problems"]);
});

test("columns are as wide as their name or their cells ask for, within bounds", () => {
  const long = "x".repeat(1000);
  const { csv } = tableOf(`a,a rather long name,b,c\n1,1,twelve chars,${long}\n`, [1]);
  const [narrowest, byName, byCell, widest] = fileColumnWidths(csv) as [
    number,
    number,
    number,
    number,
  ];
  expect(narrowest).toBeGreaterThanOrEqual(72);
  expect(byName).toBeGreaterThan(byCell);
  expect(byCell).toBeGreaterThan(narrowest);
  expect(widest).toBe(320);
});

test("a file without rows has columns too", () => {
  expect(fileColumnWidths(tableOf("a,b\n", []).csv)).toHaveLength(2);
});
