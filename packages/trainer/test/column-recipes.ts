import type { ColumnRecipe } from "./random-table.ts";

/** Columns of at most four values, and cells missing in every fifth: several share a byte. */
export function fewValues(columns: number): readonly ColumnRecipe[] {
  return Array.from({ length: columns }, (_, i) => ({
    kind: i % 4 === 3 ? "categorical" : "numeric",
    levels: 1 + (i % 4),
    missing: i % 5 === 0 ? 0.2 : 0,
  }));
}

/** Columns that fill a byte each, or nearly: more values than bins, more categories than are told apart. */
export const MANY_VALUES: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 400, missing: 0.1 },
  { kind: "categorical", levels: 300, missing: 0.1 },
  ...Array.from({ length: 9 }, (_, i): ColumnRecipe => ({ kind: "numeric", levels: 12 + i })),
];
