import type { ClassificationScores } from "@gillnet/entity";
import type { Model, SingleModel } from "@gillnet/model-bundle";

import type { CandidateParams, ParamValue } from "../families/family.ts";
import type { Candidate } from "../selection/candidates.ts";
import { scoredCandidate } from "../selection/leaderboard.ts";
import type { RankedCandidate } from "../selection/leaderboard.ts";
import { metricCost } from "../selection/metric.ts";
import type { SelectionMetric } from "../selection/metric.ts";
import type { Combination } from "./combination.ts";

/** Several candidates combined. */
export interface Ensemble {
  readonly entry: RankedCandidate;
  readonly members: readonly Candidate[];
  /** One weight or coefficient a member. */
  readonly combination: Combination;
}

/** The best candidate of each family, at most `most` (null: all), in the order of the leaderboard. */
export function pickMembers(
  leaderboard: readonly RankedCandidate[],
  most: number | null,
): readonly RankedCandidate[] {
  const families = leaderboard.map(({ family }) => family);
  return leaderboard
    .filter(({ family }, index) => families.indexOf(family) === index)
    .slice(0, most ?? Infinity);
}

/**
 * An ensemble as a place of the leaderboard, without the members of weight 0; null when fewer than two are left.
 *
 * @param foldScores fold by fold, of a combination fitted on the other folds
 */
export function composeEnsemble(
  members: readonly Candidate[],
  combination: Combination,
  foldScores: readonly ClassificationScores[],
  metric: SelectionMetric,
): Ensemble | null {
  const has = (_: unknown, m: number): boolean =>
    combination.kind === "stacking" || (combination.weights[m] as number) > 0;
  const kept = members.filter(has);
  if (kept.length < 2) return null;
  const rest: Combination =
    combination.kind === "average"
      ? { kind: "average", weights: combination.weights.filter(has) }
      : combination;
  const candidate = { family: combination.kind, params: describeParams(kept, rest) };
  return {
    entry: scoredCandidate(candidate, foldScores, metric),
    members: kept,
    combination: rest,
  };
}

/** The leaderboard with the ensemble in its place: after candidates that are as good and simpler. */
export function withEnsemble(
  leaderboard: readonly RankedCandidate[],
  { entry }: Ensemble,
  metric: SelectionMetric,
): readonly RankedCandidate[] {
  const isWorse = ({ scores, trainingShare }: RankedCandidate): boolean =>
    trainingShare !== undefined || metricCost(metric, scores) > metricCost(metric, entry.scores);
  const place = leaderboard.findIndex(isWorse);
  return leaderboard.toSpliced(place < 0 ? leaderboard.length : place, 0, entry);
}

/** The members' models as one. */
export function combineModels(combination: Combination, models: readonly SingleModel[]): Model {
  return { ...combination, members: models };
}

/** For people and scripts: each member's part in the answer and its settings. The bundle has the exact numbers. */
function describeParams(members: readonly Candidate[], combination: Combination): CandidateParams {
  const params: Record<string, ParamValue> = {};
  if (combination.kind === "stacking") params["intercept"] = rounded(combination.intercept);
  members.forEach(({ family, params: settings }, m) => {
    const [word, parts] =
      combination.kind === "average"
        ? (["weight", combination.weights] as const)
        : (["coefficient", combination.coefficients] as const);
    params[`${family}.${word}`] = rounded(parts[m] as number);
    for (const [name, value] of Object.entries(settings)) params[`${family}.${name}`] = value;
  });
  return params;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
