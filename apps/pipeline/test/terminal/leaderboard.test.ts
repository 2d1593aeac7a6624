import type { ClassificationScores, LeaderboardEntry, TrainerArtifact } from "@gillnet/entity";
import { formatLeaderboard } from "../../src/terminal/leaderboard.ts";

const scores = {
  logLoss: 0.1258,
  accuracy: 0.9541,
  rocAuc: 0.99321,
  f1: 0.9472,
} as ClassificationScores;
const standardError = 0.00312;

function format(leaderboard: readonly LeaderboardEntry[], metric: string = "log_loss"): string[] {
  const selection = { metric, folds: 3 };
  return formatLeaderboard({ selection, leaderboard } as TrainerArtifact);
}

const forest = (trees: number): LeaderboardEntry => ({
  family: "random_forest",
  params: { n_estimators: trees, max_depth: null },
  scores,
  standardError,
});
const linear = { family: "logistic_regression", params: { C: 1 }, scores, standardError };

test("each family has a line: its best, that one's rank and how many were tried", () => {
  expect(format([forest(256), forest(8), linear])).toEqual([
    "  The best of each family out of 3 candidates, chosen by log loss over 3 folds",
    "  of the training part:",
    "  Rank  Family               Log loss  Std error  Accuracy  ROC AUC  Tried",
    "     1  random forest        0.1258    0.0031     95.4 %    0.9932       2",
    "     3  logistic regression  0.1258    0.0031     95.4 %    0.9932       1",
    "  The best has n_estimators 256. All candidates with their settings are in",
    "  evidence.json.",
  ]);
});

test("an ensemble says what it is made of", () => {
  const params = {
    "logistic_regression.weight": 0.1838,
    "logistic_regression.C": 1,
    "random_forest.weight": 0.8162,
    "random_forest.n_estimators": 256,
  };
  const lines = format([{ family: "average", params, scores, standardError }, forest(8)]);
  expect(lines[3]).toBe("     1  average        0.1258    0.0031     95.4 %    0.9932       1");
  expect(lines.slice(5).join("\n")).toMatch(
    /^ {2}The average takes 81\.6 % random forest, 18\.4 % logistic regression\. All/,
  );
  const coefficients = { intercept: 0.1, "random_forest.coefficient": -0.5 };
  expect(
    format([{ family: "stacking", params: coefficients, scores, standardError }])[4],
  ).toContain("The stack's coefficients are random forest -0.5.");
});

test("the score that was chosen by comes first, and rows that were not all are said", () => {
  const left = { ...linear, trainingShare: 1 / 9 };
  expect(format([forest(8), left], "accuracy").slice(1)).toEqual([
    "  of the training part:",
    "  Rank  Family               Accuracy  Std error  Log loss  Rows  Tried",
    "     1  random forest        95.4 %    0.3 %      0.1258    all       1",
    "     2  logistic regression  95.4 %    0.3 %      0.1258    1/9       1",
    "  All candidates with their settings are in evidence.json.",
  ]);
});

test.each(["log_loss", "roc_auc", "accuracy", "f1"])(
  "a dozen families stay within 80 columns by %s",
  (metric) => {
    const families = Array.from({ length: 11 }, (_, i) => `a_family_of_${"abcdefghijk"[i]}_models`);
    const board = families.flatMap((family, i) =>
      Array.from({ length: 90 }, (_, size): LeaderboardEntry => {
        const params = { size, learning_rate: 0.001 * size, a_setting_of_no_consequence: `${i}` };
        return { family, params, scores, standardError, ...(i > 5 && { trainingShare: 1 / 243 }) };
      }),
    );
    const lines = format(board, metric);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => /^ +\d+ {2}a family/.test(line))).toHaveLength(11);
    expect(lines[13]).toMatch(/^ {3}901 {2}a family of k models/);
  },
);
