import type { ClassificationScores, StageContext } from "@gillnet/entity";

import { WorkerPool } from "../engine/pool.ts";
import type { FitResult } from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import { meanScores } from "../metrics/score-predictions.ts";
import { planFits } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import { crossValidate } from "./cross-validate.ts";
import { fitWhole } from "./fit-whole.ts";
import { rankCandidates } from "./leaderboard.ts";
import type { RankedCandidate } from "./leaderboard.ts";
import { metricCost, metricValue, SELECTION_METRICS } from "./metric.ts";
import type { SelectionMetric } from "./metric.ts";
import type { SearchData } from "./run-task.ts";

/** What a search found. */
export interface SearchResult extends FitResult {
  /** Best first. The model is the first one's, fitted on the whole training part. */
  readonly leaderboard: readonly RankedCandidate[];
  /** The best candidate on folds dealt at random. */
  readonly randomFoldScores: readonly ClassificationScores[];
}

/** The search's part of the progress; the rest is for the best candidate's refit and random folds. */
const SEARCH_SHARE = 0.6;

/**
 * Cross-validates all candidates, then fits the best one on everything and scores it on random folds.
 * Neither `jobs` nor the timing of the threads changes the result.
 *
 * @throws PipelineError TRAINER_WORKER_FAILED; the signal's reason soon after it is aborted.
 */
export async function searchBest(
  data: SearchData,
  candidates: readonly Candidate[],
  metric: SelectionMetric,
  context: Pick<StageContext, "jobs" | "progress" | "signal">,
): Promise<SearchResult> {
  const folds = data.folds.selection.folds;
  const pool = new WorkerPool(data, context.jobs, context.signal);
  try {
    let best: ClassificationScores | undefined;
    const scores = await crossValidate(
      pool,
      planFits(candidates),
      "selection",
      folds,
      (_candidate, ofFolds) => {
        const mean = meanScores(ofFolds);
        if (best === undefined || metricCost(metric, mean) < metricCost(metric, best)) best = mean;
      },
      ({ family, done, of, share }) => {
        const soFar = best === undefined ? "" : ` · best so far ${describe(metric, best)}`;
        context.progress({
          fraction: SEARCH_SHARE * share,
          message: `${familyNamed(family).title} ${done}/${of}${soFar}`,
        });
      },
    );
    const leaderboard = rankCandidates(candidates, scores, metric);
    const chosen = leaderboard[0] as RankedCandidate;

    const message = `fitting the best, ${familyNamed(chosen.family).title}, on all training rows · ${describe(metric, chosen.scores)}`;
    context.progress({ fraction: SEARCH_SHARE, message });
    // The folds' long fits go first, the refit's short parts fill the gaps.
    const [randomFoldScores, fitted] = await Promise.all([
      data.folds.random === data.folds.selection
        ? chosen.foldScores
        : crossValidate(pool, planFits([chosen]), "random", folds, undefined, ({ share }) =>
            context.progress({ fraction: SEARCH_SHARE + (1 - SEARCH_SHARE) * share, message }),
          ).then((found) => found.get(0) as readonly ClassificationScores[]),
      fitWhole(pool, chosen, context.jobs),
    ]);
    return { ...fitted, leaderboard, randomFoldScores };
  } finally {
    await pool.close();
  }
}

function describe(metric: SelectionMetric, scores: ClassificationScores): string {
  return `${metricValue(metric, scores).toFixed(3)} ${SELECTION_METRICS[metric].title}`;
}
