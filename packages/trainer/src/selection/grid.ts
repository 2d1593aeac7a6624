import type { CandidateParams, ParamValue } from "../families/family.ts";

/** A value as people give it: an object holds numbers by column name. */
type GridValue = ParamValue | Readonly<Record<string, number>>;

/** For each parameter, the value to use or the values to try. */
export type ParamGrid = Readonly<Record<string, GridValue | readonly GridValue[]>>;

/**
 * All combinations of a grid's values, each once. The parameters vary in the order of `names`, the last one
 * fastest; their values in the order given. An object becomes its JSON, so that a candidate holds plain values.
 */
export function expandGrid(grid: ParamGrid, names: readonly string[]): readonly CandidateParams[] {
  let combinations: CandidateParams[] = [{}];
  for (const name of names) {
    const given = grid[name];
    const values = [...new Set((isList(given) ? given : [given ?? null]).map(plainValue))];
    combinations = combinations.flatMap((params) =>
      values.map((value) => Object.assign({}, params, { [name]: value })),
    );
  }
  return combinations;
}

function plainValue(value: GridValue): ParamValue {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function isList(value: ParamGrid[string] | undefined): value is readonly GridValue[] {
  return Array.isArray(value);
}
