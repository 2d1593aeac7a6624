import { predictRows } from "@gillnet/model-bundle";
import type { Bundle } from "@gillnet/model-bundle";
import { apiError } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import type { ApiPrediction } from "../row-prediction.ts";
import { ROWS_AT_ONCE, timeSlicer } from "../time-slice.ts";
import { csvBlocks } from "./csv-blocks.ts";
import { readHeader } from "./csv-header.ts";
import type { CsvHeader } from "./csv-header.ts";

/** Some rows of the file, in order, with their predictions. */
export interface ScoredRows {
  /** Number of the first one; the file's first row is 1. */
  readonly firstRow: number;
  /** As many cells a row as the header has. */
  readonly cells: readonly (readonly string[])[];
  readonly predictions: readonly ApiPrediction[];
}

/** A CSV whose header fits the model, and its rows, predicted as they are asked for. */
export interface CsvScoring {
  readonly header: CsvHeader;
  /** To be read once. */
  readonly scored: AsyncGenerator<ScoredRows>;
}

/**
 * Predicts the rows of CSV text in slices that leave the event loop to others in between.
 *
 * A row with more or fewer cells than the header gets a problem instead of a prediction, and keeps the
 * cells that the header has names for; empty cells beyond the header are dropped without a word.
 * Throws what `csvBlocks` and `readHeader` throw, API_CSV_EMPTY without rows, API_CSV_TOO_LARGE with too
 * many, and the signal's reason once it is aborted.
 */
export function scoreCsv(
  text: string,
  bundle: Bundle,
  limits: ApiLimits,
  signal: AbortSignal,
): CsvScoring {
  const blocks = csvBlocks(text, limits);
  const first = blocks.next();
  const [columns, ...firstRows] = first.done === true ? [] : first.value;
  if (columns === undefined) throw apiError("API_CSV_EMPTY", "The file is empty");
  const header = readHeader(
    columns,
    bundle.features.map((feature) => feature.name),
  );
  return { header, scored: scoreRows(firstRows, blocks, header, bundle, limits, signal) };
}

async function* scoreRows(
  firstRows: readonly string[][],
  blocks: Iterable<string[][]>,
  header: CsvHeader,
  bundle: Bundle,
  limits: ApiLimits,
  signal: AbortSignal,
): AsyncGenerator<ScoredRows> {
  const pause = timeSlicer(signal);
  let rowCount = 0;
  for (const block of chain(firstRows, blocks)) {
    if (rowCount + block.length > limits.csvRows) {
      throw apiError("API_CSV_TOO_LARGE", `The file has more than ${limits.csvRows} rows`);
    }
    for (let start = 0; start < block.length; start += ROWS_AT_ONCE) {
      const rows = block.slice(start, start + ROWS_AT_ONCE);
      yield predictBlock(rows, rowCount + 1, header, bundle);
      rowCount += rows.length;
      await pause();
    }
  }
  if (rowCount === 0) throw apiError("API_CSV_EMPTY", "The file has a header and no rows");
}

function* chain(
  first: readonly string[][],
  rest: Iterable<string[][]>,
): Generator<readonly string[][]> {
  if (first.length > 0) yield first;
  yield* rest;
}

function predictBlock(
  rows: readonly string[][],
  firstRow: number,
  header: CsvHeader,
  bundle: Bundle,
): ScoredRows {
  const width = header.columns.length;
  const cells: (readonly string[])[] = [];
  const records: Record<string, string>[] = [];
  const problems: (ApiPrediction | undefined)[] = [];
  for (const row of rows) {
    const fitted = fit(row, width);
    cells.push(fitted);
    if (withoutEmptyTail(row, width) === width) {
      problems.push(undefined);
      records.push(recordOf(fitted, header, bundle));
    } else {
      problems.push(wrongCellCount(row.length, width));
    }
  }
  const predicted = predictRows(bundle, records).values();
  const predictions = problems.map(
    (problem) => problem ?? (predicted.next().value as ApiPrediction),
  );
  return { firstRow, cells, predictions };
}

/** The row's length, less the empty cells that it has beyond `width`. */
function withoutEmptyTail(row: readonly string[], width: number): number {
  let length = row.length;
  while (length > width && row[length - 1] === "") length--;
  return length;
}

function fit(row: readonly string[], width: number): readonly string[] {
  if (row.length === width) return row;
  return Array.from({ length: width }, (_, column) => row[column] ?? "");
}

/** Only the model's own columns become members, and none is inherited: a column may be called anything. */
function recordOf(
  cells: readonly string[],
  header: CsvHeader,
  bundle: Bundle,
): Record<string, string> {
  const record = Object.create(null) as Record<string, string>;
  for (const [index, feature] of bundle.features.entries()) {
    record[feature.name] = cells[header.featurePositions[index] as number] as string;
  }
  return record;
}

function wrongCellCount(cells: number, width: number): ApiPrediction {
  const message = `The row has ${cells} ${cells === 1 ? "cell" : "cells"}, the header ${width}`;
  return {
    label: null,
    probability: null,
    verdict: null,
    problems: [{ code: "CELL_COUNT", column: "", message, fatal: true }],
  };
}
