import type { ClassificationScores, LeaderboardEntry } from "@gillnet/entity";

import { meanScores } from "../metrics/score-predictions.ts";
import type { Candidate } from "./candidates.ts";
import { metricCost, metricValue } from "./metric.ts";
import type { SelectionMetric } from "./metric.ts";

/** A place of the leaderboard, with the scores behind it. */
export interface RankedCandidate extends LeaderboardEntry {
  readonly foldScores: readonly ClassificationScores[];
}

/**
 * Candidates from best to worst by their mean over folds. Of equal ones the earlier candidate is better:
 * the list has simpler families first. Those without scores are left out.
 *
 * @param scores for each candidate index, its scores fold by fold
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  scores: ReadonlyMap<number, readonly ClassificationScores[]>,
  metric: SelectionMetric,
): readonly RankedCandidate[] {
  return candidates
    .flatMap((candidate, index): RankedCandidate[] => {
      const foldScores = scores.get(index);
      return foldScores === undefined ? [] : [scoredCandidate(candidate, foldScores, metric)];
    })
    .sort((a, b) => metricCost(metric, a.scores) - metricCost(metric, b.scores));
}

/** A candidate with what its scores fold by fold come to. */
export function scoredCandidate(
  { family, params }: Candidate,
  foldScores: readonly ClassificationScores[],
  metric: SelectionMetric,
): RankedCandidate {
  return {
    family,
    params,
    scores: meanScores(foldScores),
    standardError: standardError(foldScores.map((each) => metricValue(metric, each))),
    foldScores,
  };
}

/** Sample standard deviation over the square root of the number; 0 for a single value. */
function standardError(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (n - 1) / n);
}
