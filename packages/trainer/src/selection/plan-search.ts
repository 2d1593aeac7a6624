import { PipelineError, SeededRandom } from "@gillnet/entity";
import type { SearchDescription } from "@gillnet/entity";

import type { TrainerParams } from "../params.ts";
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
 * @throws PipelineError TRAINER_NO_FAMILY, TRAINER_TOO_FEW_FAMILIES
 */
export function planSearch(params: TrainerParams, seed: number): PlannedSearch {
  const { search, ensemble, metric, folds } = params;
  const all = listCandidates(params.families);
  if (all.length === 0) {
    throw new PipelineError("TRAINER_NO_FAMILY", "trainer.families leaves out every family", {
      hint: "Give at least one family a grid, or leave its key away for the default one",
    });
  }
  if (ensemble.kind !== "none") checkFamilies(all, ensemble.members ?? 2);
  const { kind, factor, time_budget: timeBudget } = search;
  const random = new SeededRandom(seed).fork("trainer").fork("search");
  const candidates = kind === "grid" ? all : drawCandidates(all, search.candidates, random);
  const rounds =
    kind === "halving" ? halvingRounds(candidates.length, factor) : singleRound(candidates.length);
  const count = { combinations: all.length, candidates: candidates.length };
  return {
    plan: { candidates, rounds, metric, folds, timeBudget },
    description: { kind, ...count, timeBudget },
    notes:
      kind !== "grid" && search.candidates > all.length
        ? [
            `trainer.search.candidates asks for ${search.candidates}; the settings make ${all.length}, and all were tried`,
          ]
        : [],
  };
}

function checkFamilies(candidates: readonly Candidate[], members: number): void {
  const families = new Set(candidates.map(({ family }) => family)).size;
  if (members <= families) return;
  throw new PipelineError(
    "TRAINER_TOO_FEW_FAMILIES",
    `The ensemble is to have ${members} members, each of another family, but trainer.families has ${families}`,
    {
      hint:
        families < 2
          ? "Give more families a grid, or set trainer.ensemble.kind to none"
          : `Set trainer.ensemble.members to ${families} or less, or give more families a grid`,
      details: { members, families },
    },
  );
}
