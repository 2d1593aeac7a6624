import type { InputFeature } from "@gillnet/model-bundle";

import type { RowTargets } from "../../engine/dtypes.ts";
import { rowsOfWeight } from "../../engine/row-places.ts";

/** The rows that take part in a linear model. */
export interface TakingRows {
  /** Their indices, ascending. */
  readonly taking: Int32Array;
  /** Theirs alone. */
  readonly targets: RowTargets;
}

/** How a linear model reads its columns. */
export interface LogisticColumns extends TakingRows {
  /** Number of coefficients: one a numeric column, one a category. */
  readonly coefficients: number;
  /** As in LogisticModel, one entry a column. */
  readonly start: Int32Array;
  readonly center: Float64Array;
  readonly scale: Float64Array;
}

/** The rows of some weight. */
export function takingRows({ sum, weight }: RowTargets): TakingRows {
  const taking = rowsOfWeight(weight);
  return { taking, targets: { sum: cellsOf(sum, taking), weight: cellsOf(weight, taking) } };
}

/**
 * Centres are the means of numeric columns; scales their standard deviations, or 1 without `standardize` and for
 * constant columns; both are 0 for categorical columns.
 *
 * @param moments of a numeric column over the rows that take part
 */
export function logisticColumns(
  features: readonly InputFeature[],
  rows: TakingRows,
  moments: (column: number) => readonly [mean: number, deviation: number],
  standardize: boolean,
): LogisticColumns {
  const columns = features.length;
  const start = new Int32Array(columns);
  const center = new Float64Array(columns);
  const scale = new Float64Array(columns);
  let coefficients = 0;
  features.forEach((feature, column) => {
    start[column] = coefficients;
    coefficients += feature.kind === "numeric" ? 1 : feature.categories.length;
    if (feature.kind === "numeric") {
      const [mean, deviation] = moments(column);
      center[column] = mean;
      scale[column] = standardize && deviation > 0 ? deviation : 1;
    }
  });
  return { ...rows, coefficients, start, center, scale };
}

function cellsOf(cells: Float64Array, rows: Int32Array): Float64Array {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < own.length; i++) own[i] = cells[rows[i] as number] as number;
  return own;
}
