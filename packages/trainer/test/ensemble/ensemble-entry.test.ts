import type { ClassificationScores } from "@gillnet/entity";

import { composeEnsemble, pickMembers, withEnsemble } from "../../src/ensemble/ensemble-entry.ts";
import type { Ensemble } from "../../src/ensemble/ensemble-entry.ts";
import { scoredCandidate } from "../../src/selection/leaderboard.ts";
import type { RankedCandidate } from "../../src/selection/leaderboard.ts";

const scores = (logLoss: number): ClassificationScores => ({
  accuracy: 0.5,
  precision: 0.5,
  recall: 0.5,
  f1: 0.5,
  falsePositiveRate: 0.5,
  rocAuc: 0.5,
  logLoss,
});
const entry = (family: string, size: number, logLoss: number): RankedCandidate =>
  scoredCandidate({ family, params: { size } }, [scores(logLoss)], "log_loss");
const board = [
  entry("b", 1, 0.1),
  entry("b", 2, 0.2),
  entry("a", 3, 0.3),
  { ...entry("c", 4, 0.05), trainingShare: 1 / 3 },
];
const members = pickMembers(board, null);

test("members are the best of each family, and no more than asked for", () => {
  expect(members.map(({ params }) => params["size"])).toEqual([1, 3, 4]);
  expect(pickMembers(board, 2).map(({ family }) => family)).toEqual(["b", "a"]);
});

test("an average tells its members' weights and settings, without those of weight 0", () => {
  const combination = { kind: "average", weights: Float64Array.of(0.333333, 0, 0.666667) } as const;
  const ensemble = composeEnsemble(members, combination, [scores(0.1), scores(0.3)], "log_loss");
  expect(ensemble?.entry).toMatchObject({
    family: "average",
    params: { "b.weight": 0.3333, "b.size": 1, "c.weight": 0.6667, "c.size": 4 },
    scores: { logLoss: 0.2 },
  });
  expect(ensemble?.entry.standardError).toBeCloseTo(0.1, 12);
  expect(Object.keys(ensemble?.entry.params ?? {})).not.toContain("a.weight");
  expect(ensemble?.combination).toEqual({
    kind: "average",
    weights: Float64Array.of(0.333333, 0.666667),
  });
});

test("a stack tells its intercept too", () => {
  const coefficients = Float64Array.of(1.23456, -0.5, 0);
  const combination = { kind: "stacking", intercept: 0.98765, coefficients } as const;
  const ensemble = composeEnsemble(members, combination, [scores(0.1)], "log_loss");
  expect(ensemble?.entry.params).toEqual({
    intercept: 0.9877,
    "b.coefficient": 1.2346,
    "b.size": 1,
    "a.coefficient": -0.5,
    "a.size": 3,
    "c.coefficient": 0,
    "c.size": 4,
  });
});

test("one member alone is no ensemble", () => {
  const combination = { kind: "average", weights: Float64Array.of(0, 1, 0) } as const;
  expect(composeEnsemble(members, combination, [scores(0.1)], "log_loss")).toBeNull();
});

test.each([
  [0.05, 0],
  [0.1, 1],
  [0.25, 2],
  [0.9, 3],
])("with a loss of %d it has place %i: after what is as good, before samples", (loss, place) => {
  const ensemble = { entry: entry("average", 0, loss) } as Ensemble;
  expect(withEnsemble(board, ensemble, "log_loss")[place]?.family).toBe("average");
  expect(withEnsemble(board, ensemble, "log_loss")).toHaveLength(5);
});
