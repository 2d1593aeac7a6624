import {
  answerTable,
  buffersOf,
  NEGATIVE,
  POSITIVE,
  problemCount,
  problemsOfRow,
  UNPREDICTED,
} from "../src/answer-table.ts";
import { classes, problem, tableOf } from "./model-of-test.ts";

describe("answerTable", () => {
  const missing = problem("MISSING", "age");
  const wrong = problem("NOT_A_NUMBER", "income", true);
  const table = tableOf(
    "age\n1\n2\n3\n4\n",
    [0.9, null, 0.1, 0.5],
    [[], [missing, wrong], [missing]],
  );

  test("holds verdict and probability in columns", () => {
    expect([...table.verdict]).toEqual([POSITIVE, UNPREDICTED, NEGATIVE, POSITIVE]);
    expect([...table.probability]).toEqual([0.9, Number.NaN, 0.1, 0.5]);
    expect(table.rowCount).toBe(4);
  });

  test("keeps each problem once, and knows whose it is", () => {
    expect(table.problems).toEqual([missing, wrong]);
    expect([0, 1, 2, 3].map((row) => problemCount(table, row))).toEqual([0, 2, 1, 0]);
    expect(problemsOfRow(table, 1)).toEqual([missing, wrong]);
    expect(problemsOfRow(table, 2)).toEqual([missing]);
    expect(problemsOfRow(table, 3)).toEqual([]);
  });

  test("refuses an answer of another number of rows", () => {
    expect(() => tableOf("age\n1\n2\n", [0.9])).toThrow("The file has 2 rows, the answer 1");
  });

  test("refuses the answer of a model with other classes", () => {
    const model = { name: "m", version: 1 };
    const predictions = [{ label: "spam", probability: 0.9 }];
    expect(() => answerTable({ model, predictions }, "a\n1\n", classes)).toThrow(
      "The answer has the label spam, which is of neither class",
    );
  });

  test("passes to another thread with its buffers handed over", () => {
    const moved = tableOf("age\n1\n", [0.9]);
    const got = structuredClone(moved, { transfer: buffersOf(moved) });
    expect([...got.probability]).toEqual([0.9]);
    expect(moved.probability.length).toBe(0);
  });

  test("takes an answer without a summary", () => {
    const answer = { model: { name: "m", version: 1 }, predictions: [] };
    expect(answerTable(answer, "a\n", classes).summary).toBe("");
  });
});
