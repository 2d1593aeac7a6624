import { PipelineError } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { RowMajorNumbers } from "../engine/dtypes.ts";
import { checkRows } from "./check-rows.ts";

/** The rows of one part of the data, as read and checked. */
export interface LabelledRows {
  /** The features come first in each row; more columns may follow. */
  readonly x: RowMajorNumbers;
  /** How many columns of `x` are features. */
  readonly cols: number;
  /** 1 positive, 0 negative. */
  readonly labels: Uint8Array;
  /** Rows of one group have the same number; the numbers mean nothing else. */
  readonly groups: Float64Array;
  /** Positive and finite. */
  readonly weights: Float64Array;
}

/**
 * Takes apart and checks the matrices that transformation writes for one part.
 *
 * @param matrix features, then the label as 0 or 1; missing features are NaN. Not changed, and not copied
 * @param rows a line a row of `matrix`: source row, group, weight
 * @param part "training" or "test", for messages
 * @throws PipelineError TRAINER_NO_ROWS, TRAINER_SHAPE_MISMATCH, TRAINER_BAD_LABEL, TRAINER_BAD_WEIGHT,
 *   TRAINER_BAD_FEATURE, TRAINER_ONE_CLASS
 */
export function labelledRows(
  matrix: RowMajorF64,
  rows: RowMajorF64,
  features: readonly InputFeature[],
  part: string,
): LabelledRows {
  const n = matrix.rows;
  const cols = features.length;
  if (matrix.cols !== cols + 1 || rows.cols !== 3 || rows.rows !== n) {
    throw new PipelineError(
      "TRAINER_SHAPE_MISMATCH",
      `The ${part} matrix must have ${cols + 1} columns and 3 more in its rows file, got ${matrix.cols} x ${n} rows and ${rows.cols} x ${rows.rows} rows`,
      { hint: "Run the transformation stage again", details: { part } },
    );
  }
  const given = new Float64Array(n);
  const groups = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    given[row] = matrix.data[row * (cols + 1) + cols] as number;
    groups[row] = rows.data[row * 3 + 1] as number;
    weights[row] = rows.data[row * 3 + 2] as number;
  }
  checkRows(
    { x: matrix, labels: given, weights },
    features,
    part,
    (row) => rows.data[row * 3] as number,
  );
  return { x: matrix, cols, labels: new Uint8Array(given), groups, weights };
}
