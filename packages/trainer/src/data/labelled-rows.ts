import { PipelineError } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

/** The rows of one part of the data, as read and checked. */
export interface LabelledRows {
  readonly x: RowMajorF64;
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
 * @param matrix features, then the label as 0 or 1; missing features are NaN. Not changed
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
  if (n === 0) {
    throw new PipelineError("TRAINER_NO_ROWS", `The ${part} part has 0 rows, needs at least 1`, {
      hint: "Check the source and the share of rows that the split leaves to each part",
      details: { part },
    });
  }

  const x = new Float64Array(n * cols);
  const labels = new Uint8Array(n);
  const groups = new Float64Array(n);
  const weights = new Float64Array(n);
  let positives = 0;
  for (let row = 0; row < n; row++) {
    const sourceRow = rows.data[row * 3] as number;
    const label = matrix.data[row * (cols + 1) + cols] as number;
    if (label !== 0 && label !== 1) {
      throw badRow("TRAINER_BAD_LABEL", `label must be 0 or 1, got ${label}`, part, sourceRow);
    }
    const weight = rows.data[row * 3 + 2] as number;
    if (!(weight > 0 && weight < Infinity)) {
      throw badRow(
        "TRAINER_BAD_WEIGHT",
        `weight must be a finite number above 0, got ${weight}`,
        part,
        sourceRow,
      );
    }
    for (let column = 0; column < cols; column++) {
      const cell = matrix.data[row * (cols + 1) + column] as number;
      if (!Number.isNaN(cell)) checkCell(cell, features[column] as InputFeature, part, sourceRow);
      // Adding 0 turns -0 into 0, so that equal rows have equal bits.
      x[row * cols + column] = cell + 0;
    }
    labels[row] = label;
    positives += label;
    weights[row] = weight;
    groups[row] = rows.data[row * 3 + 1] as number;
  }
  if (positives === 0 || positives === n) {
    throw new PipelineError(
      "TRAINER_ONE_CLASS",
      `All ${n} rows of the ${part} part are ${positives === 0 ? "negative" : "positive"}, needs both classes`,
      { hint: "Check which label values count as positive in the schema", details: { part } },
    );
  }
  return { x: { data: x, rows: n, cols }, labels, groups, weights };
}

function checkCell(cell: number, feature: InputFeature, part: string, sourceRow: number): void {
  if (feature.kind === "numeric") {
    if (Number.isFinite(cell)) return;
    throw badRow("TRAINER_BAD_FEATURE", `'${feature.name}' is ${cell}`, part, sourceRow);
  }
  const categories = feature.categories.length;
  if (Number.isInteger(cell) && cell >= 0 && cell < categories) return;
  throw badRow(
    "TRAINER_BAD_FEATURE",
    `'${feature.name}' must be a category code from 0 to ${categories - 1}, got ${cell}`,
    part,
    sourceRow,
  );
}

function badRow(code: string, what: string, part: string, sourceRow: number): PipelineError {
  return new PipelineError(code, `Row ${sourceRow} of the ${part} part: ${what}`, {
    hint: "Correct the row in the source, or have validation reject it",
    details: { part, sourceRow },
  });
}
