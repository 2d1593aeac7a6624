import type { ClassificationScores, StageContext } from "@gillnet/entity";
import type { SingleModel } from "@gillnet/model-bundle";

import { WorkerPool } from "../engine/pool.ts";
import { crossFit } from "../ensemble/cross-fit.ts";
import {
  combineModels,
  composeEnsemble,
  pickMembers,
  withEnsemble,
} from "../ensemble/ensemble-entry.ts";
import type { Ensemble } from "../ensemble/ensemble-entry.ts";
import type { FitResult } from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import { meanScores } from "../metrics/score-predictions.ts";
import type { EnsembleParams } from "../search-params.ts";
import { planFits } from "./candidates.ts";
import { crossValidate } from "./cross-validate.ts";
import { fitWhole } from "./fit-whole.ts";
import type { RankedCandidate } from "./leaderboard.ts";
import { metricCost, metricValue, SELECTION_METRICS } from "./metric.ts";
import type { SelectionMetric } from "./metric.ts";
import type { FitProgress, FitsContext } from "./run-fits.ts";
import type { SearchData } from "./run-task.ts";
import { describeEnsemble, ensembleNote, timeNotes } from "./search-notes.ts";
import { describeFits, SearchProgress } from "./search-progress.ts";
import { searchRounds } from "./search-rounds.ts";
import type { SearchPlan } from "./search-rounds.ts";
import { startTimeBudget } from "./time-budget.ts";

/** What a search found. */
export interface SearchResult extends FitResult {
  /** Best first. The model is the first one's, fitted on the whole training part. */
  readonly leaderboard: readonly RankedCandidate[];
  /** The best candidate on folds dealt at random. */
  readonly randomFoldScores: readonly ClassificationScores[];
  /** How many candidates have no place because time was up. */
  readonly leftOut: number;
}

/** The progress after which each part of the work ends: the search, the ensemble, and the chosen one's own fits. */
const SEARCH_ENDS = { withEnsemble: 0.55, alone: 0.6 };
const ENSEMBLE_ENDS = 0.7;

/**
 * Cross-validates candidates, combines the best ones if asked to, then fits the best of all on everything and scores
 * it on random folds. Neither `jobs` nor the timing of the threads changes the result, unless there is a limit of time.
 *
 * @throws PipelineError TRAINER_WORKER_FAILED; the signal's reason soon after it is aborted.
 */
export async function searchBest(
  data: SearchData,
  plan: SearchPlan,
  ensembleParams: EnsembleParams,
  context: Pick<StageContext, "jobs" | "progress" | "signal" | "now">,
): Promise<SearchResult> {
  const pool = new WorkerPool(data, context.jobs, context.signal);
  try {
    return await new Search(pool, data, plan, context).run(ensembleParams);
  } finally {
    await pool.close();
  }
}

/** One search, with what all of its parts need. */
class Search {
  readonly #pool: WorkerPool;
  readonly #data: SearchData;
  readonly #plan: SearchPlan;
  readonly #jobs: number;
  readonly #now: () => Date;
  readonly #progress: SearchProgress;

  constructor(
    pool: WorkerPool,
    data: SearchData,
    plan: SearchPlan,
    context: Pick<StageContext, "jobs" | "progress" | "now">,
  ) {
    this.#pool = pool;
    this.#data = data;
    this.#plan = plan;
    this.#jobs = context.jobs;
    this.#now = context.now;
    this.#progress = new SearchProgress(context.progress);
  }

  async run({ kind, members }: EnsembleParams): Promise<SearchResult> {
    const { candidates, metric } = this.#plan;
    this.#progress.begin(kind === "none" ? SEARCH_ENDS.alone : SEARCH_ENDS.withEnsemble);
    const searched = await this.#searchCandidates();
    const leftOut = candidates.length - searched.length;
    const notes = [...timeNotes(this.#plan, searched)];
    let leaderboard = searched;
    let ensemble: Ensemble | null = null;
    if (kind !== "none") {
      this.#progress.begin(ENSEMBLE_ENDS);
      const picked = pickMembers(searched, members);
      ensemble = picked.length < 2 ? null : await this.#combine(picked, kind);
      if (ensemble !== null) leaderboard = withEnsemble(searched, ensemble, metric);
      notes.push(ensembleNote(kind, picked, ensemble));
    }
    const chosen = leaderboard[0] as RankedCandidate;
    const { randomFoldScores, fitted } = await this.#fitChosen(
      chosen,
      chosen === ensemble?.entry ? ensemble : null,
    );
    return {
      ...fitted,
      notes: [...notes, ...fitted.notes],
      leaderboard,
      randomFoldScores,
      leftOut,
    };
  }

  #searchCandidates(): Promise<readonly RankedCandidate[]> {
    const { metric, timeBudget } = this.#plan;
    const clock = startTimeBudget(timeBudget, this.#now);
    let best: ClassificationScores | undefined;
    let bestRound = 0;
    const context = this.#fitsContext((progress) => {
      const soFar = best === undefined ? "" : ` · best so far ${describeScore(metric, best)}`;
      const share = Math.max(progress.share, clock.spent());
      this.#progress.tell(share, describeFits(progress) + soFar);
    });
    return searchRounds(this.#pool, this.#plan, clock, context, (ofFolds, round) => {
      const mean = meanScores(ofFolds);
      // Scores on samples of different sizes do not compare.
      if (round > bestRound) best = undefined;
      bestRound = round;
      if (best === undefined || metricCost(metric, mean) < metricCost(metric, best)) best = mean;
    });
  }

  async #combine(
    picked: readonly RankedCandidate[],
    kind: "average" | "stacking",
  ): Promise<Ensemble | null> {
    const { folds, metric } = this.#plan;
    const context = this.#fitsContext((progress) =>
      this.#progress.tell(progress.share, `${kind} of the best · ${describeFits(progress)}`),
    );
    const fit = await crossFit(this.#pool, picked, kind, "selection", folds, context);
    return composeEnsemble(picked, fit.combination, fit.foldScores, metric);
  }

  /** @param ensemble when it is the chosen one */
  async #fitChosen(
    chosen: RankedCandidate,
    ensemble: Ensemble | null,
  ): Promise<{
    readonly randomFoldScores: readonly ClassificationScores[];
    readonly fitted: FitResult;
  }> {
    const { metric } = this.#plan;
    const members = ensemble === null ? [chosen] : ensemble.members;
    const name = ensemble === null ? familyNamed(chosen.family).title : describeEnsemble(ensemble);
    const message = `fitting the best, ${name}, on all training rows · ${describeScore(metric, chosen.scores)}`;
    this.#progress.begin(1);
    this.#progress.tell(0, message);
    const threads = Math.max(1, Math.floor(this.#jobs / members.length));
    const shares = new Float64Array(1 + members.length);
    const tell = (part: number, share: number): void => {
      shares[part] = share;
      this.#progress.tell(shares.reduce((sum, each) => sum + each, 0) / shares.length, message);
    };
    // The folds' long fits go first, the refit's short parts fill the gaps.
    const [randomFoldScores, ...fitted] = await Promise.all([
      this.#scoreOnRandomFolds(chosen, ensemble, (share) => tell(0, share)),
      ...members.map((member, m) =>
        fitWhole(this.#pool, member, threads, (share) => tell(1 + m, share)),
      ),
    ]);
    if (ensemble === null) return { randomFoldScores, fitted: fitted[0] as FitResult };
    const notes = [...new Set(fitted.flatMap((each) => each.notes))];
    const models = fitted.map(({ model }) => model as SingleModel);
    const model = combineModels(ensemble.combination, models);
    return { randomFoldScores, fitted: { model, notes } };
  }

  async #scoreOnRandomFolds(
    chosen: RankedCandidate,
    ensemble: Ensemble | null,
    onShare: (share: number) => void,
  ): Promise<readonly ClassificationScores[]> {
    const { folds } = this.#plan;
    if (this.#data.folds.random === this.#data.folds.selection) return chosen.foldScores;
    const context = { ...this.#fitsContext(({ share }) => onShare(share)), threads: Infinity };
    if (ensemble !== null) {
      const { members, combination } = ensemble;
      const fit = await crossFit(this.#pool, members, combination.kind, "random", folds, context);
      return fit.foldScores;
    }
    const on = { kind: "random", folds, share: 1 } as const;
    const scores = await crossValidate(this.#pool, planFits([chosen]), on, context);
    return scores.get(0) as readonly ClassificationScores[];
  }

  #fitsContext(onProgress: (progress: FitProgress) => void): FitsContext {
    return { threads: this.#jobs, now: this.#now, onProgress };
  }
}

function describeScore(metric: SelectionMetric, scores: ClassificationScores): string {
  return `${metricValue(metric, scores).toFixed(3)} ${SELECTION_METRICS[metric].title}`;
}
