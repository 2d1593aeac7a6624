import type { ClassificationScores } from "@gillnet/entity";

import type { WorkerPool } from "../engine/pool.ts";
import type { CandidateParams } from "../families/family.ts";
import { planFits } from "./candidates.ts";
import type { Candidate, FitPlan } from "./candidates.ts";
import { crossValidate } from "./cross-validate.ts";
import type { Round } from "./halving-rounds.ts";
import { rankCandidates } from "./leaderboard.ts";
import type { RankedCandidate } from "./leaderboard.ts";
import type { SelectionMetric } from "./metric.ts";
import type { FitsContext } from "./run-fits.ts";
import type { TimeBudget } from "./time-budget.ts";

/** What is searched, and how far. */
export interface SearchPlan {
  /** In order of preference. */
  readonly candidates: readonly Candidate[];
  /** The first one has all candidates, the last one all rows. */
  readonly rounds: readonly Round[];
  readonly metric: SelectionMetric;
  readonly folds: number;
  readonly timeBudget: number | null;
}

/**
 * Scores candidates round by round, each round those that did best in the one before.
 *
 * When time is up no further fit starts, but for those of the one candidate that is sure to be scored on all folds
 * and all rows: the first of the list, or the leader of the last round that ended. Without a limit of time the result
 * depends on nothing but the data, the plan and the seed.
 *
 * @param onScored called for each candidate once a round, counted from 0, has scored it
 * @returns those that have a score, the ones of later rounds first, then from best to worst; the first one's is on
 *   all rows
 */
export async function searchRounds(
  pool: Pick<WorkerPool, "run">,
  { candidates, rounds, metric, folds, timeBudget }: SearchPlan,
  clock: TimeBudget,
  context: FitsContext,
  onScored: (scores: readonly ClassificationScores[], round: number) => void,
): Promise<readonly RankedCandidate[]> {
  const boards: (readonly RankedCandidate[])[] = [];
  let entrants = candidates;
  for (let round = 0; round < rounds.length; round++) {
    const { share } = rounds[round] as Round;
    const plans = planFits(entrants);
    const leader = boards.at(-1)?.[0]?.params;
    const hasLeader = (plan: FitPlan): boolean =>
      plan.fits.some(({ candidates: served }) =>
        served.some((candidate) => entrants[candidate]?.params === leader),
      );
    const scores = await crossValidate(
      pool,
      timeBudget === null ? plans : inTurns(plans, hasLeader),
      {
        kind: "selection",
        folds,
        share,
        ...(timeBudget !== null && { mayStart: () => clock.spent() < 1 }),
        onScored: (_candidate, ofFolds) => onScored(ofFolds, round),
      },
      {
        ...context,
        onProgress: (progress) =>
          context.onProgress({ ...progress, share: (round + progress.share) / rounds.length }),
      },
    );
    const board = rankCandidates(entrants, scores, metric);
    boards.push(board.map((entry) => (share < 1 ? { ...entry, trainingShare: share } : entry)));
    // With no time left the leader alone goes on, to the last round.
    const timeIsUp = clock.spent() >= 1;
    if (timeIsUp) round = Math.max(round, rounds.length - 2);
    const places = timeIsUp ? 1 : (rounds[round + 1]?.candidates ?? 0);
    const kept = new Set(board.slice(0, places).map(({ params }) => params));
    entrants = entrants.filter(({ params }) => kept.has(params));
  }
  return laterFirst(boards);
}

/** Each candidate as the last round that scored it left it. */
function laterFirst(boards: readonly (readonly RankedCandidate[])[]): readonly RankedCandidate[] {
  const seen = new Set<CandidateParams>();
  return boards.toReversed().flatMap((board) =>
    board.filter(({ params }) => {
      const isNew = !seen.has(params);
      seen.add(params);
      return isNew;
    }),
  );
}

/** One plan of each family in turn, so that each gets its share of the time; the leader's before all others. */
function inTurns(
  plans: readonly FitPlan[],
  hasLeader: (plan: FitPlan) => boolean,
): readonly FitPlan[] {
  const turnsOf = new Map<string, number>();
  return plans
    .map((plan) => {
      const turn = turnsOf.get(plan.family) ?? 0;
      turnsOf.set(plan.family, turn + 1);
      return { plan, turn: hasLeader(plan) ? -1 : turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ plan }) => plan);
}
