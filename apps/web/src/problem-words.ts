import type { RowProblem } from "./api-types.ts";

const WORDS: Readonly<Record<string, string>> = {
  MISSING: "missing",
  UNKNOWN_CATEGORY: "unknown category in",
  NOT_A_NUMBER: "not a number in",
  VALUE_NOT_ALLOWED: "value not allowed in",
  OUT_OF_RANGE: "out of range in",
};

/** A row's problems in one line, the one that cost it its prediction first: "missing 'age', and 2 more". */
export function problemsText(problems: readonly RowProblem[]): string {
  const first = problems.find((problem) => problem.fatal) ?? problems[0];
  if (first === undefined) return "";
  const others = problems.length - 1;
  return others === 0 ? problemText(first) : `${problemText(first)}, and ${others} more`;
}

/** A problem in a few words; its whole sentence where there are none. */
function problemText({ code, column, message }: RowProblem): string {
  const words = WORDS[code];
  return words === undefined || column === "" ? message : `${words} '${column}'`;
}
