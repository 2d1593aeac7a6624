import type { CandidateParams } from "../families/family.ts";
import { FAMILIES } from "../families/registry.ts";
import { expandGrid } from "./grid.ts";
import type { ParamGrid } from "./grid.ts";

/** One family with one value for each of its parameters. */
export interface Candidate {
  readonly family: string;
  readonly params: CandidateParams;
}

/** One fit, and the candidates that it serves: several when an ensemble's sizes share it. */
export interface FitPlan {
  readonly family: string;
  /** Those of the largest candidate. */
  readonly params: CandidateParams;
  /** Indices of the candidates. */
  readonly candidates: readonly number[];
  /** The candidates' sizes, for a staged family; else null. */
  readonly stages: readonly number[] | null;
}

/**
 * All candidates of a search, in order of preference: simpler families first, then in the order of the grid.
 * A family that is absent, false or null is left out.
 */
export function listCandidates(
  grids: Readonly<Record<string, ParamGrid | false | null | undefined>>,
): readonly Candidate[] {
  return FAMILIES.flatMap(({ name, paramNames }) => {
    const grid = grids[name];
    return grid ? expandGrid(grid, paramNames).map((params) => ({ family: name, params })) : [];
  });
}

/** Groups candidates that one fit serves: those that differ in the size of a staged ensemble alone. */
export function planFits(candidates: readonly Candidate[]): readonly FitPlan[] {
  const plans = new Map<
    string,
    { family: string; params: CandidateParams; candidates: number[]; stages: number[] | null }
  >();
  candidates.forEach(({ family, params }, index) => {
    const staged = FAMILIES.find((each) => each.name === family)?.staged?.param;
    const size = staged === undefined ? null : (params[staged] as number);
    const key = JSON.stringify([
      family,
      staged === undefined ? params : { ...params, [staged]: null },
    ]);
    const plan = plans.get(key);
    if (plan === undefined) {
      plans.set(key, {
        family,
        params,
        candidates: [index],
        stages: size === null ? null : [size],
      });
      return;
    }
    if (size !== null && size > Math.max(...(plan.stages ?? []))) plan.params = params;
    plan.candidates.push(index);
    plan.stages?.push(size as number);
  });
  return [...plans.values()];
}
