import type { CandidateParams } from "../families/family.ts";
import { FAMILIES, familyNamed } from "../families/registry.ts";
import { expandGrid } from "./grid.ts";
import type { ParamGrid } from "./grid.ts";

/** One family with one value for each of its parameters. */
export interface Candidate {
  readonly family: string;
  readonly params: CandidateParams;
}

/** One fit, and the candidates that it serves: several when an ensemble's sizes share it. */
interface FitOfPlan {
  /** Those of the largest candidate. */
  readonly params: CandidateParams;
  /** Indices of the candidates. */
  readonly candidates: readonly number[];
  /** The candidates' sizes, for a staged family; else null. */
  readonly stages: readonly number[] | null;
}

/** Fits that go best together: one, or those that a family grows side by side. */
export interface FitPlan {
  readonly family: string;
  readonly fits: readonly [FitOfPlan, ...FitOfPlan[]];
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

/**
 * Groups candidates that one fit serves, which differ in the size of a staged ensemble alone, and fits that go side
 * by side.
 */
export function planFits(candidates: readonly Candidate[]): readonly FitPlan[] {
  const fits = new Map<
    string,
    { family: string; params: CandidateParams; candidates: number[]; stages: number[] | null }
  >();
  candidates.forEach(({ family, params }, index) => {
    const staged = familyNamed(family).staged?.param;
    const size = staged === undefined ? null : (params[staged] as number);
    const key = keyWithout(family, params, [staged]);
    const fit = fits.get(key);
    if (fit === undefined) {
      fits.set(key, { family, params, candidates: [index], stages: size === null ? null : [size] });
      return;
    }
    if (size !== null && size > Math.max(...(fit.stages ?? []))) fit.params = params;
    fit.candidates.push(index);
    fit.stages?.push(size as number);
  });

  const plans = new Map<string, { family: string; fits: [FitOfPlan, ...FitOfPlan[]] }>();
  for (const { family, params, candidates: served, stages } of fits.values()) {
    const { staged } = familyNamed(family);
    const free = staged?.sideBySide === undefined ? [] : [staged.param, staged.sideBySide];
    const key = keyWithout(family, params, free);
    const fit = { params, candidates: served, stages };
    const plan = plans.get(key);
    if (plan === undefined) plans.set(key, { family, fits: [fit] });
    else plan.fits.push(fit);
  }
  return [...plans.values()];
}

/** What is the same for candidates that differ in the parameters of `free` alone. */
function keyWithout(
  family: string,
  params: CandidateParams,
  free: readonly (string | undefined)[],
): string {
  return JSON.stringify([family, Object.entries(params).filter(([name]) => !free.includes(name))]);
}
