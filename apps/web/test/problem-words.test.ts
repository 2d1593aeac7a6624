import { problemsText } from "../src/problem-words.ts";
import { problem } from "./model-of-test.ts";

test("one problem in a few words", () => {
  expect(problemsText([])).toBe("");
  expect(problemsText([problem("MISSING", "age")])).toBe("missing 'age'");
  expect(problemsText([problem("OUT_OF_RANGE", "age")])).toBe("out of range in 'age'");
});

test("of several the one that cost the prediction, and how many more", () => {
  const problems = [problem("MISSING", "age"), problem("NOT_A_NUMBER", "income", true)];
  expect(problemsText(problems)).toBe("not a number in 'income', and 1 more");
});

test("the whole sentence for a problem of the row, and for one that the page does not know", () => {
  const message = "The row has 2 cells, the header 3";
  expect(problemsText([{ code: "CELL_COUNT", column: "", message, fatal: true }])).toBe(message);
  expect(problemsText([problem("NEWER", "age")])).toBe("Column 'age' has a problem: NEWER");
});
