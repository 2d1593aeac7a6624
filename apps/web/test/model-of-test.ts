import { answerTable } from "../src/answer-table.ts";
import type { AnswerTable } from "../src/answer-table.ts";
import type { Manifest, ModelClasses, Prediction, RowProblem } from "../src/api-types.ts";

export const classes: ModelClasses = {
  positive: { name: "churn", label: "yes" },
  negative: { name: "loyal", label: "no" },
};

export function problem(code: string, column: string, fatal = false): RowProblem {
  return { code, column, message: `Column '${column}' has a problem: ${code}`, fatal };
}

/** The table for a CSV and, per row, its probability, null without a prediction. */
export function tableOf(
  csv: string,
  probabilities: readonly (number | null)[],
  problems: readonly (readonly RowProblem[])[] = [],
): AnswerTable {
  const predictions = probabilities.map((probability, row): Prediction => {
    const label = probability === null ? null : probability >= 0.5 ? "yes" : "no";
    const own = problems[row] ?? [];
    return own.length === 0 ? { label, probability } : { label, probability, problems: own };
  });
  const model = { name: "churn", version: 3 };
  return answerTable({ model, summary: "1 of 2 rows look like churn", predictions }, csv, classes);
}

const estimate = { value: 0.9538, low: 0.9396, high: 0.9661 };

export const manifest: Manifest = {
  publishedAt: "2026-11-22T18:21:13.542Z",
  source: { name: "customers.csv" },
  data: {
    fingerprint: "7f45",
    rows: 11_055,
    distinctVectors: 5785,
    duplicateRows: 5206,
    conflictingRows: 357,
  },
  split: { by: "vector", trainRows: 8844, testRows: 2211, leakedTestRows: 0 },
  model: { family: "random_forest", params: { n_estimators: 256, max_depth: null } },
  metrics: {
    test: {
      accuracy: estimate,
      precision: estimate,
      recall: estimate,
      f1: estimate,
      falsePositiveRate: { value: 0.03, low: 0.0159, high: 0.0474 },
      rocAuc: { value: 0.99329, low: 0.98991, high: 0.99601 },
      logLoss: { value: 0.12094, low: 0.1022, high: 0.14 },
    },
    protocol: "Measured on 2,211 rows whose vectors were never seen in training",
    negativeAsPositive: { precision: 0.9484, recall: 0.9699, f1: 0.959 },
  },
  gates: [
    { name: "expected_score", passed: true, value: 0.94720496, bound: 0.6 },
    { name: "bundle_answers", passed: false, value: 3, bound: 0 },
  ],
  run: "2026-11-22-182055",
  seed: 42,
  gitCommit: null,
  files: { "sample.csv": "6ec" },
};
