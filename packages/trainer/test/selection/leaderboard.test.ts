import type { ClassificationScores } from "@gillnet/entity";

import { rankCandidates } from "../../src/selection/leaderboard.ts";

const scores = (logLoss: number, accuracy: number): ClassificationScores => ({
  accuracy,
  precision: 0.5,
  recall: 0.5,
  f1: 0.5,
  falsePositiveRate: 0.5,
  rocAuc: 0.5,
  logLoss,
});
const candidates = ["a", "b", "c"].map((family) => ({ family, params: {} }));
const folds = new Map([
  [0, [scores(0.3, 0.9), scores(0.5, 0.9)]],
  [1, [scores(0.2, 0.7), scores(0.2, 0.7)]],
  [2, [scores(0.4, 0.95), scores(0.4, 0.95)]],
]);

test("best first, equal ones in their order", () => {
  const board = rankCandidates(candidates, folds, "log_loss");
  expect(board.map((entry) => entry.family)).toEqual(["b", "a", "c"]);
  expect(board[1]?.scores.logLoss).toBe(0.4);
  expect(board[1]?.foldScores).toBe(folds.get(0));
  expect(rankCandidates(candidates, folds, "accuracy")[0]?.family).toBe("c");
});

test("the standard error is that of the mean over folds", () => {
  const board = rankCandidates(candidates, folds, "log_loss");
  // Two values 0.2 apart: deviation 0.1 * sqrt(2), over sqrt(2).
  expect(board[1]?.standardError).toBeCloseTo(0.1, 12);
  expect(board[0]?.standardError).toBe(0);
});
