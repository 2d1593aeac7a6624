import { PipelineError } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { RowMajorNumbers } from "../engine/dtypes.ts";
import { RowBlocks } from "../engine/rows/row-blocks.ts";
import { RowKernel } from "../engine/rows/row-kernel.ts";

/** Labelled rows that are still to be trusted. */
export interface UncheckedRows {
  /** The features come first in each row; more columns may follow. */
  readonly x: RowMajorNumbers;
  readonly labels: ArrayLike<number>;
  /** Null when all are 1. */
  readonly weights: Float64Array | null;
}

/**
 * Checks labels, weights, features and classes of at least one row.
 *
 * @param part "training" or "test", for messages
 * @param sourceRow what messages call a row
 * @throws PipelineError TRAINER_NO_ROWS, TRAINER_BAD_LABEL, TRAINER_BAD_WEIGHT, TRAINER_BAD_FEATURE,
 *   TRAINER_ONE_CLASS
 */
export function checkRows(
  { x, labels, weights }: UncheckedRows,
  features: readonly InputFeature[],
  part: string,
  sourceRow: (row: number) => number,
): void {
  const n = x.rows;
  if (n === 0) {
    throw new PipelineError("TRAINER_NO_ROWS", `The ${part} part has 0 rows, needs at least 1`, {
      hint: "Check the source and the share of rows that the split leaves to each part",
      details: { part },
    });
  }
  let positives = 0;
  for (let row = 0; row < n; row++) {
    const label = labels[row] as number;
    if (label !== 0 && label !== 1) {
      throw badRow("TRAINER_BAD_LABEL", `label must be 0 or 1, got ${label}`, part, sourceRow(row));
    }
    positives += label;
  }
  if (weights !== null) checkWeights(weights, part, sourceRow);
  checkCells(x, features, part, sourceRow);
  if (positives === 0 || positives === n) {
    throw new PipelineError(
      "TRAINER_ONE_CLASS",
      `All ${n} rows of the ${part} part are ${positives === 0 ? "negative" : "positive"}, needs both classes`,
      { hint: "Check which label values count as positive in the schema", details: { part } },
    );
  }
}

function checkWeights(
  weights: Float64Array,
  part: string,
  sourceRow: (row: number) => number,
): void {
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    if (weight > 0 && weight < Infinity) continue;
    throw badRow(
      "TRAINER_BAD_WEIGHT",
      `weight must be a finite number above 0, got ${weight}`,
      part,
      sourceRow(row),
    );
  }
}

function checkCells(
  { data, rows, cols }: RowMajorNumbers,
  features: readonly InputFeature[],
  part: string,
  sourceRow: (row: number) => number,
): void {
  const used = features.length;
  // How many codes a column has; 0 for a numeric one.
  const codes = Int32Array.from(features, (feature) =>
    feature.kind === "numeric" ? 0 : feature.categories.length,
  );
  // A byte is a good number.
  const allNumeric = codes.every((count) => count === 0);
  if (allNumeric && (data instanceof Uint8Array || areFinite({ data, rows, cols }))) return;
  for (let row = 0; row < rows; row++) {
    for (let column = 0, at = row * cols; column < used; column++, at++) {
      const cell = data[at] as number;
      const count = codes[column] as number;
      // Of a number less itself only infinities and NaN leave anything but 0.
      const isFine =
        count === 0
          ? cell - cell === 0 || Number.isNaN(cell)
          : (cell >= 0 && cell < count && Math.floor(cell) === cell) || Number.isNaN(cell);
      if (!isFine) throw badCell(cell, features[column] as InputFeature, part, sourceRow(row));
    }
  }
}

/** Whether no number is infinite, those of columns past the features included. */
function areFinite(x: RowMajorNumbers): boolean {
  return RowKernel.use((kernel) => {
    const blocks = new RowBlocks(kernel, x);
    let fine = true;
    blocks.forEach((_, count) => {
      fine &&= kernel.run.areFinite(blocks.at, count * x.cols) !== 0;
    });
    return fine;
  });
}

function badCell(cell: number, feature: InputFeature, part: string, row: number): PipelineError {
  return badRow(
    "TRAINER_BAD_FEATURE",
    feature.kind === "numeric"
      ? `'${feature.name}' is ${cell}`
      : `'${feature.name}' must be a category code from 0 to ${feature.categories.length - 1}, got ${cell}`,
    part,
    row,
  );
}

function badRow(code: string, what: string, part: string, sourceRow: number): PipelineError {
  return new PipelineError(code, `Row ${sourceRow} of the ${part} part: ${what}`, {
    hint: "Correct the row in the source, or have validation reject it",
    details: { part, sourceRow },
  });
}
