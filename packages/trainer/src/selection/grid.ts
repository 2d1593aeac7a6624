import type { CandidateParams, ParamValue } from "../families/family.ts";

/** For each parameter, the value to use or the values to try. */
export type ParamGrid = Readonly<Record<string, ParamValue | readonly ParamValue[]>>;

/**
 * All combinations of a grid's values, each once. The parameters vary in the order of `names`, the last one
 * fastest; their values in the order given.
 */
export function expandGrid(grid: ParamGrid, names: readonly string[]): readonly CandidateParams[] {
  let combinations: CandidateParams[] = [{}];
  for (const name of names) {
    const given = grid[name];
    const values = [...new Set(isList(given) ? given : [given ?? null])];
    combinations = combinations.flatMap((params) =>
      values.map((value) => Object.assign({}, params, { [name]: value })),
    );
  }
  return combinations;
}

function isList(value: ParamGrid[string] | undefined): value is readonly ParamValue[] {
  return Array.isArray(value);
}
