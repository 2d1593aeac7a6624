import { nearestName } from "@gillnet/model-bundle";
import { apiError } from "../errors.ts";

/** The columns that answers append. */
export const PREDICTED_COLUMN = "predicted_column";
export const PROBABILITY_COLUMN = "probability";

/** Missing columns for which a near name is looked up; the search takes time for each. */
const NEAR_NAMES = 20;

/** A header that holds all of the model's columns. */
export interface CsvHeader {
  /** As they stood in the file. */
  readonly columns: readonly string[];
  /** As the answer names them: the file's, then the two appended. */
  readonly answerColumns: readonly string[];
  /** For each feature, in the model's order, where its cells stand in a row. */
  readonly featurePositions: Int32Array;
}

/**
 * Finds the model's columns in a CSV's header. Names must be equal but for white space around them; other
 * columns, such as the label, are kept and not read.
 *
 * A column of the file that is called like one of the two that answers append stays where it is, and is
 * called `input_predicted_column` or `input_probability` in the answer: no cell is lost, and
 * `predicted_column` is always what this model says.
 *
 * Throws API_COLUMNS_MISSING naming all missing columns and near names, and API_CSV_HEADER when a column
 * of the model stands there twice.
 */
export function readHeader(columns: readonly string[], features: readonly string[]): CsvHeader {
  const positions = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [position, column] of columns.entries()) {
    const name = column.trim();
    if (positions.has(name)) repeated.add(name);
    else positions.set(name, position);
  }
  const missing = features.filter((feature) => !positions.has(feature));
  if (missing.length > 0) throw missingColumns(columns, features, missing);
  const ambiguous = features.filter((feature) => repeated.has(feature));
  if (ambiguous.length > 0) {
    throw apiError("API_CSV_HEADER", `The header names ${list(ambiguous)} more than once`, {
      details: { columns: ambiguous },
    });
  }
  return {
    columns,
    answerColumns: [...renamed(columns), PREDICTED_COLUMN, PROBABILITY_COLUMN],
    featurePositions: Int32Array.from(features, (feature) => positions.get(feature) as number),
  };
}

function renamed(columns: readonly string[]): string[] {
  const taken = new Set([...columns, PREDICTED_COLUMN, PROBABILITY_COLUMN]);
  return columns.map((column) => {
    if (column !== PREDICTED_COLUMN && column !== PROBABILITY_COLUMN) return column;
    let name = `input_${column}`;
    while (taken.has(name)) name = `input_${name}`;
    taken.add(name);
    return name;
  });
}

function missingColumns(
  columns: readonly string[],
  features: readonly string[],
  missing: readonly string[],
): Error {
  const known = new Set(features);
  const others = columns.map((column) => column.trim()).filter((column) => !known.has(column));
  const entries = missing.map((column, index) => ({
    column,
    near: index < NEAR_NAMES ? (nearestName(column, others) ?? null) : null,
  }));
  const names = entries.map(({ column, near }) =>
    near === null ? `'${column}'` : `'${column}' (the file has '${shortened(near)}')`,
  );
  const separator = columns.length === 1 ? guessedSeparator(columns[0] as string) : undefined;
  return apiError(
    "API_COLUMNS_MISSING",
    `The file lacks ${missing.length} of the model's ${features.length} columns: ${names.join(", ")}`,
    {
      details: { missing: entries },
      ...(separator === undefined
        ? {}
        : { hint: `The header seems separated by ${separator}; save the file with commas.` }),
    },
  );
}

function guessedSeparator(header: string): string | undefined {
  if (header.includes(";")) return "semicolons";
  if (header.includes("\t")) return "tabs";
  return header.includes("|") ? "vertical bars" : undefined;
}

function list(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}

function shortened(name: string): string {
  return name.length <= 80 ? name : `${name.slice(0, 79)}…`;
}
