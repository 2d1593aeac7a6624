import type { RowMajorF64 } from "@gillnet/entity";

import type { RowTargets } from "../engine/dtypes.ts";
import { rowsOfWeight } from "../engine/row-places.ts";
import { foldTargets } from "./folds.ts";
import type { FoldedCells } from "./folds.ts";

/** The rows that a fold holds out, by themselves. */
export interface HeldOutRows {
  /** Indices of the distinct rows, ascending. */
  readonly rows: Int32Array;
  /** Their weights in that fold, one entry a row. */
  readonly targets: RowTargets;
}

/** Finds the rows that have weight in a fold. Arguments as in foldTargets. */
export function heldOutRows(
  cells: FoldedCells,
  nVectors: number,
  fold: number,
  share: number = 1,
): HeldOutRows {
  const { sum, weight } = foldTargets(cells, nVectors, fold, "heldOut", share);
  const rows = rowsOfWeight(weight);
  return {
    rows,
    targets: {
      sum: rowsOf({ data: sum, cols: 1 }, rows),
      weight: rowsOf({ data: weight, cols: 1 }, rows),
    },
  };
}

/** Copies some rows of a row-major matrix. */
export function rowsOf(
  { data, cols }: Pick<RowMajorF64, "data" | "cols">,
  rows: Int32Array,
): Float64Array {
  const picked = new Float64Array(rows.length * cols);
  for (let at = 0, to = 0; at < rows.length; at++) {
    const start = (rows[at] as number) * cols;
    for (let from = start; from < start + cols; from++, to++) picked[to] = data[from] as number;
  }
  return picked;
}
