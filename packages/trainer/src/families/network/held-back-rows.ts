import type { SeededRandom } from "@gillnet/entity";

import type { RowTargets } from "../../engine/dtypes.ts";

/** Distinct rows, as indices in ascending order: copies of a row are never on both sides. */
export interface HeldBackRows {
  readonly fitting: Int32Array;
  /** Has rows of both classes, or none at all. */
  readonly heldBack: Int32Array;
}

/**
 * Holds back a share of the rows of each class, drawn at random and rounded down, so that rows of both classes are
 * left to fit on. Where that leaves nothing of a class to hold back, nothing is held back. A row with both labels
 * counts as the one that weighs more.
 *
 * @param share at least 0, less than 1
 */
export function holdBackRows(
  { sum, weight }: RowTargets,
  share: number,
  random: SeededRandom,
): HeldBackRows {
  const ofClass: [number[], number[]] = [[], []];
  for (let row = 0; row < weight.length; row++) {
    const w = weight[row] as number;
    if (w > 0) ofClass[2 * (sum[row] as number) >= w ? 1 : 0].push(row);
  }
  const counts = ofClass.map((rows) => Math.floor(share * rows.length));
  const both = counts.every((count) => count > 0);
  for (const rows of ofClass) random.shuffle(rows);
  const countOf = (side: number): number => (both ? (counts[side] as number) : 0);
  const fitting = ofClass.flatMap((rows, side) => rows.slice(countOf(side)));
  const heldBack = ofClass.flatMap((rows, side) => rows.slice(0, countOf(side)));
  return { fitting: Int32Array.from(fitting).sort(), heldBack: Int32Array.from(heldBack).sort() };
}
