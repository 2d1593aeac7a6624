import type { TrainerArtifact } from "@gillnet/entity";
import { formatLeaderboard } from "../../src/terminal/leaderboard.ts";

const scores = { logLoss: 0.1258, accuracy: 0.9541, rocAuc: 0.99321, f1: 0.9472 };

test("candidates are named by the settings in which their family's candidates differ", () => {
  const trainer = {
    selection: { metric: "log_loss", folds: 5 },
    leaderboard: [
      { family: "random_forest", params: { n_estimators: 256, max_depth: null }, scores },
      { family: "random_forest", params: { n_estimators: 8, max_depth: null }, scores },
      { family: "logistic_regression", params: { C: 1 }, scores },
    ],
  } as unknown as TrainerArtifact;
  expect(formatLeaderboard(trainer)).toEqual([
    "  Chosen by log loss over 5 folds of the training part:",
    "     Family               Settings          Log loss  Accuracy  ROC AUC  F1",
    "  1  random forest        n_estimators 256  0.126     95.4 %    0.9932   0.9472",
    "  2  random forest        n_estimators 8    0.126     95.4 %    0.9932   0.9472",
    "  3  logistic regression                    0.126     95.4 %    0.9932   0.9472",
  ]);
});

test("a long leaderboard says where the rest is", () => {
  const leaderboard = Array.from({ length: 18 }, (_, i) => ({
    family: "f",
    params: { n: i },
    scores,
  }));
  const lines = formatLeaderboard({
    selection: { metric: "f1", folds: 3 },
    leaderboard,
  } as unknown as TrainerArtifact);
  expect(lines).toHaveLength(18);
  expect(lines.at(-1)).toBe("  and 3 more in evidence.json");
});
