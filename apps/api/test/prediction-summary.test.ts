import { PredictionSummary } from "../src/prediction-summary.ts";
import type { ApiPrediction, RowProblem } from "../src/row-prediction.ts";

const positive = { name: "phishing", label: -1 };

function row(label: number | null, ...problems: [RowProblem["code"], string][]): ApiPrediction {
  return {
    label,
    probability: label === null ? null : 0.5,
    verdict: label === null ? null : "a class",
    problems: problems.map(([code, column]) => ({
      code,
      column,
      message: "a message",
      fatal: label === null,
    })),
  };
}

function sentence(...rows: ApiPrediction[]): string {
  const summary = new PredictionSummary(positive);
  summary.add(rows.slice(0, 1));
  summary.add(rows.slice(1));
  return summary.sentence;
}

test("rows without problems", () => {
  expect(sentence(row(-1))).toBe("1 of 1 row looks like phishing");
  expect(sentence(row(1), row(1))).toBe("0 of 2 rows look like phishing");
  expect(sentence(...Array.from({ length: 1200 }, () => row(-1)))).toBe(
    "1,200 of 1,200 rows look like phishing",
  );
});

test("rows that need a look, with the reasons that most of them have", () => {
  expect(sentence(row(-1), row(1, ["MISSING", "SFH"]))).toBe(
    "1 of 2 rows looks like phishing; 1 row needs a look: missing 'SFH'",
  );
  expect(
    sentence(
      row(null, ["NOT_A_NUMBER", "port"], ["MISSING", "SFH"]),
      row(-1, ["MISSING", "SFH"]),
      row(null, ["VALUE_NOT_ALLOWED", "a"], ["OUT_OF_RANGE", "b"], ["UNKNOWN_CATEGORY", "c"]),
      row(null, ["CELL_COUNT", ""]),
      row(null, ["MISSING", ""]),
    ),
  ).toBe(
    "1 of 5 rows looks like phishing; 5 rows need a look, 4 without a prediction: " +
      "missing 'SFH', not a number in 'port', value not allowed in 'a', 4 more kinds of problem",
  );
});
