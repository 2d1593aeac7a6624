import { PipelineError, SeededRandom } from "@gillnet/entity";
import type { SearchDescription } from "@gillnet/entity";

import type { TrainerParams } from "../params.ts";
import type { EnsembleParams, SearchParams } from "../search-params.ts";
import { listCandidates } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import { drawCandidates } from "./draw-candidates.ts";
import { halvingRounds, singleRound } from "./halving-rounds.ts";
import type { SearchPlan } from "./search-rounds.ts";

/** A search before it starts. */
export interface PlannedSearch {
  readonly plan: SearchPlan;
  readonly description: Omit<SearchDescription, "leftOut">;
  /** Sentences for people. */
  readonly notes: readonly string[];
}

/**
 * Says which candidates a search tries, in which rounds.
 *
 * @throws PipelineError TRAINER_NO_FAMILY
 */
export function planSearch(params: TrainerParams, seed: number): PlannedSearch {
  const { search, ensemble, metric, folds } = params;
  const all = listCandidates(params.families);
  if (all.length === 0) {
    throw new PipelineError("TRAINER_NO_FAMILY", "trainer.families leaves out every family", {
      hint: "Give at least one family a grid, or leave its key away for the default one",
    });
  }
  const { kind, factor, time_budget: timeBudget } = search;
  const random = new SeededRandom(seed).fork("trainer").fork("search");
  const candidates = kind === "grid" ? all : drawCandidates(all, search.candidates, random);
  const rounds =
    kind === "halving" ? halvingRounds(candidates.length, factor) : singleRound(candidates.length);
  const count = { combinations: all.length, candidates: candidates.length };
  return {
    plan: { candidates, rounds, metric, folds, timeBudget },
    description: { kind, ...count, timeBudget },
    notes: [...drawNotes(search, all.length), ...memberNotes(ensemble, all)],
  };
}

/** That fewer combinations are tried than were asked for. */
function drawNotes({ kind, candidates }: SearchParams, combinations: number): readonly string[] {
  return kind !== "grid" && candidates > combinations
    ? [
        `trainer.search.candidates asks for ${candidates}; the settings make ${combinations}, and all were tried`,
      ]
    : [];
}

/** That an ensemble has fewer members than were asked for. That a single family makes none the search says itself. */
function memberNotes(
  { kind, members }: EnsembleParams,
  candidates: readonly Candidate[],
): readonly string[] {
  const families = new Set(candidates.map(({ family }) => family)).size;
  return kind !== "none" && members !== null && members > families && families > 1
    ? [
        `trainer.ensemble.members asks for ${members}, each of another family; trainer.families has ${families}, and all took part`,
      ]
    : [];
}
