import type { Ensemble } from "../../src/ensemble/ensemble-entry.ts";
import type { RankedCandidate } from "../../src/selection/leaderboard.ts";
import { describeEnsemble, ensembleNote, timeNotes } from "../../src/selection/search-notes.ts";
import type { SearchPlan } from "../../src/selection/search-rounds.ts";

const plan = {
  candidates: new Array(6),
  rounds: [
    { share: 1 / 3, candidates: 6 },
    { share: 1, candidates: 2 },
  ],
  timeBudget: 60,
} as unknown as SearchPlan;
const board = (full: number, sampled: number): readonly RankedCandidate[] => [
  ...Array.from({ length: full }, () => ({}) as RankedCandidate),
  ...Array.from({ length: sampled }, () => ({ trainingShare: 1 / 3 }) as RankedCandidate),
];
const MORE =
  "On another machine, or another day, the search may get further and choose another model";

test("says how many candidates were left out for want of time", () => {
  expect(timeNotes(plan, board(2, 4))).toEqual([]);
  expect(timeNotes(plan, board(1, 3))).toEqual([
    `Time was up after 60 s: 2 of 6 candidates were not scored on all folds and are left out. ${MORE}`,
  ]);
  expect(timeNotes(plan, board(1, 5))).toEqual([
    `Time was up after 60 s: 1 of the 2 candidates of the last round of halving were scored on all rows. ${MORE}`,
  ]);
});

test("says what became of the ensemble, and that its score is honest", () => {
  const members = ["gradient_boosting", "random_forest", "decision_tree"].map((family) => ({
    family,
    params: {},
  }));
  const average = { members, combination: { kind: "average" } } as unknown as Ensemble;
  expect(describeEnsemble(average)).toBe(
    "average of gradient boosting, random forest and decision tree",
  );
  expect(ensembleNote("average", members, average)).toBe(
    "The average of gradient boosting, random forest and decision tree is scored on each fold with weights fitted on the other folds",
  );
  const stack = { members, combination: { kind: "stacking" } } as unknown as Ensemble;
  expect(ensembleNote("stacking", members, stack)).toMatch(
    /^The stack of .* with coefficients fitted/,
  );
  expect(ensembleNote("average", members, null)).toBe(
    "The average gives all weight to one of its members, so there is no ensemble",
  );
  expect(ensembleNote("average", members.slice(1, 2), null)).toBe(
    "The ensemble was left out: candidates of one family alone have been scored",
  );
});
