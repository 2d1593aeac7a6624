import type { DistinctRows } from "./distinct-rows.ts";

/** How far a table repeats and contradicts itself. A vector is a row's features; the label is its class. */
export interface Repetition {
  readonly distinctVectors: number;
  /** Rows beyond the first of their (vector, class). */
  readonly duplicateRows: number;
  /** Rows whose vector occurs with both classes. */
  readonly conflictingRows: number;
}

/** Counts repeats and conflicts. `classes` holds 0 or 1 a row. O(rows). */
export function measureRepetition(vectors: DistinctRows, classes: Uint8Array): Repetition {
  const counts = new Int32Array(2 * vectors.count);
  for (let row = 0; row < classes.length; row++) {
    const slot = 2 * (vectors.ids[row] as number) + (classes[row] as number);
    counts[slot] = (counts[slot] as number) + 1;
  }
  let duplicateRows = classes.length;
  let conflictingRows = 0;
  for (let slot = 0; slot < counts.length; slot += 2) {
    const negative = counts[slot] as number;
    const positive = counts[slot + 1] as number;
    if (negative > 0) duplicateRows--;
    if (positive > 0) duplicateRows--;
    if (negative > 0 && positive > 0) conflictingRows += negative + positive;
  }
  return { distinctVectors: vectors.count, duplicateRows, conflictingRows };
}
