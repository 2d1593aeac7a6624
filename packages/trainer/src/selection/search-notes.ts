import { countOf } from "@gillnet/entity";

import type { Ensemble } from "../ensemble/ensemble-entry.ts";
import { familyNamed } from "../families/registry.ts";
import type { Candidate } from "./candidates.ts";
import type { RankedCandidate } from "./leaderboard.ts";
import type { SearchPlan } from "./search-rounds.ts";

/** What people must know of a search whose time was up; nothing when it was not. */
export function timeNotes(
  { candidates, rounds, timeBudget }: SearchPlan,
  searched: readonly RankedCandidate[],
): readonly string[] {
  const leftOut = candidates.length - searched.length;
  const onAllRows = searched.filter(({ trainingShare }) => trainingShare === undefined).length;
  const wanted = rounds.at(-1)?.candidates ?? 0;
  if (leftOut === 0 && onAllRows >= wanted) return [];
  const what =
    leftOut > 0
      ? `${leftOut} of ${countOf(candidates.length, "candidate")} were not scored on all folds and are left out`
      : `${onAllRows} of the ${countOf(wanted, "candidate")} of the last round of halving were scored on all rows`;
  return [
    `Time was up after ${timeBudget} s: ${what}. On another machine, or another day, the search may get further and choose another model`,
  ];
}

/** What became of the ensemble. */
export function ensembleNote(
  kind: "average" | "stacking",
  picked: readonly Candidate[],
  ensemble: Ensemble | null,
): string {
  if (ensemble !== null) {
    const parts = kind === "average" ? "weights" : "coefficients";
    return `The ${describeEnsemble(ensemble)} is scored on each fold with ${parts} fitted on the other folds`;
  }
  return picked.length < 2
    ? "The ensemble was left out: candidates of one family alone have been scored"
    : "The average gives all weight to one of its members, so there is no ensemble";
}

/** "average of random forest and gradient boosting" */
export function describeEnsemble({ members, combination }: Ensemble): string {
  const titles = members.map(({ family }) => familyNamed(family).title);
  const list = `${titles.slice(0, -1).join(", ")} and ${titles.at(-1)}`;
  return `${combination.kind === "average" ? "average" : "stack"} of ${list}`;
}
