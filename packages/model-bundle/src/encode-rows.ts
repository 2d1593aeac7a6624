import { listOf } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import type { FittedInputs } from "./bundle.ts";
import { missingMarkerSet } from "./missing-markers.ts";
import { parseCell } from "./parse-cell.ts";
import type { CellProblem } from "./parse-cell.ts";

/** Rows of the outside world as the matrix that preprocessing takes, and what was wrong with them. */
export interface EncodedRows {
  /** One row each, one column for each input: numbers, category codes, NaN. */
  readonly matrix: RowMajorF64;
  /** Per row, in the order of the inputs; mostly empty. */
  readonly problems: readonly (readonly CellProblem[])[];
}

const NO_PROBLEMS: readonly CellProblem[] = [];

/**
 * Encodes rows for prediction. The serving path; `encodeTable` is the training path, and the same cells
 * give the same bits through both.
 *
 * A column that a row lacks counts as missing; columns that are no inputs are ignored. Only a row's own
 * members are read, so that no column name ("constructor", "__proto__") finds anything else. A row that
 * has not one of the input columns gets a single fatal problem.
 *
 * @param rows text as it stands in a CSV file, or values of JSON, by column name.
 */
export function encodeRows(
  inputs: FittedInputs,
  rows: readonly Readonly<Record<string, unknown>>[],
): EncodedRows {
  const { features } = inputs;
  const cols = features.length;
  const markers = missingMarkerSet(inputs.missingMarkers);
  const data = new Float64Array(rows.length * cols);
  const problems = rows.map((row, rowIndex) => {
    let found: CellProblem[] | undefined;
    let known = false;
    for (let column = 0; column < cols; column++) {
      const feature = features[column] as (typeof features)[number];
      const isThere = Object.hasOwn(row, feature.name);
      known ||= isThere;
      const { value, problem } = parseCell(
        feature,
        isThere ? row[feature.name] : undefined,
        markers,
      );
      data[rowIndex * cols + column] = value;
      if (problem !== null) (found ??= []).push(problem);
    }
    return known ? (found ?? NO_PROBLEMS) : [nothingKnown(inputs, row)];
  });
  return { matrix: { data, rows: rows.length, cols }, problems };
}

function nothingKnown(inputs: FittedInputs, row: Readonly<Record<string, unknown>>): CellProblem {
  const wanted = inputs.features.map((feature) => feature.name);
  const got = Object.keys(row).map((name) => name.slice(0, 80));
  return {
    code: "MISSING",
    column: "",
    message: `The row has none of the input columns (${listOf(wanted)}), but ${got.length === 0 ? "no column at all" : listOf(got)}`,
    fatal: true,
  };
}
