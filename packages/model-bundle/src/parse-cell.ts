import { canonicalNumber, normalizeCategory, parseNumber } from "@gillnet/entity";
import type { NumericFeature } from "@gillnet/entity";
import type { EncodedCategoricalFeature, InputFeature } from "./bundle.ts";
import { findCategory } from "./find-category.ts";
import { missingMarkerSet } from "./missing-markers.ts";

/** What is wrong with one cell of a row, or with the whole row. */
export interface CellProblem {
  readonly code:
    | "MISSING"
    | "UNKNOWN_CATEGORY"
    | "NOT_A_NUMBER"
    | "VALUE_NOT_ALLOWED"
    | "OUT_OF_RANGE";
  /** The input column; "" when the whole row is meant. */
  readonly column: string;
  /** Names the column, the value and what is allowed. */
  readonly message: string;
  /** True when the row gets no prediction; else the cell counts as missing. */
  readonly fatal: boolean;
}

/** A cell as the model reads it. */
export interface ParsedCell {
  /** The number, the category's code, or NaN when missing or when there is a problem. Never -0. */
  readonly value: number;
  readonly problem: CellProblem | null;
}

/**
 * Reads one cell of the outside world: text as it stands in a CSV file, or a value of JSON.
 *
 * Missing are null, undefined, text that is empty after trimming, and the missing markers. Text and
 * numbers follow the same grammar as training (`parseNumber`, `normalizeCategory`), so that "1.0", "+1"
 * and 1 are one value. True is 1 and false is 0 for a numeric column, "true" and "false" for a
 * categorical one.
 *
 * @param missingMarkers of the inputs; a set of them, trimmed, where many cells are read.
 */
export function parseCell(
  feature: InputFeature,
  cell: unknown,
  missingMarkers: readonly string[] | ReadonlySet<string>,
): ParsedCell {
  const markers = "has" in missingMarkers ? missingMarkers : missingMarkerSet(missingMarkers);
  return feature.kind === "numeric"
    ? parseNumericCell(feature, cell, markers)
    : parseCategoricalCell(feature, cell, markers);
}

function parseNumericCell(
  feature: NumericFeature,
  cell: unknown,
  markers: ReadonlySet<string>,
): ParsedCell {
  let value: number | undefined;
  if (typeof cell === "number" && Number.isFinite(cell)) {
    if (markers.has(canonicalNumber(cell))) return missing(feature, cell);
    value = cell + 0;
  } else if (typeof cell === "string") {
    const text = cell.trim();
    if (text === "" || markers.has(text)) return missing(feature, cell);
    value = parseNumber(text);
  } else if (typeof cell === "boolean") value = cell ? 1 : 0;
  else if (cell === null || cell === undefined) return missing(feature, cell);

  if (value === undefined) return refused("NOT_A_NUMBER", feature, cell);
  if (feature.values !== undefined && !feature.values.includes(value)) {
    return refused("VALUE_NOT_ALLOWED", feature, cell);
  }
  const { minimum = -Infinity, maximum = Infinity } = feature;
  if (value < minimum || value > maximum) return refused("OUT_OF_RANGE", feature, cell);
  return { value, problem: null };
}

function parseCategoricalCell(
  feature: EncodedCategoricalFeature,
  cell: unknown,
  markers: ReadonlySet<string>,
): ParsedCell {
  let text: string;
  if (typeof cell === "string") text = cell.trim();
  else if (typeof cell === "number" && Number.isFinite(cell)) text = canonicalNumber(cell);
  else if (typeof cell === "boolean") text = String(cell);
  else if (cell === null || cell === undefined) return missing(feature, cell);
  else return refused("VALUE_NOT_ALLOWED", feature, cell);
  if (text === "" || markers.has(text)) return missing(feature, cell);

  const category = normalizeCategory(text);
  if (feature.values !== undefined && !feature.values.includes(category)) {
    return refused("VALUE_NOT_ALLOWED", feature, cell);
  }
  const code = findCategory(feature.categories, category);
  if (code >= 0) return { value: code, problem: null };
  return {
    value: NaN,
    problem: {
      code: "UNKNOWN_CATEGORY",
      column: feature.name,
      message: `Column '${feature.name}' has the value ${show(cell)}, which training never saw; known are ${list(feature.categories)}. It counts as missing`,
      fatal: false,
    },
  };
}

function missing(feature: InputFeature, cell: unknown): ParsedCell {
  const what = cell === undefined ? "is not in the row" : "has no value";
  return {
    value: NaN,
    problem: {
      code: "MISSING",
      column: feature.name,
      message: `Column '${feature.name}' ${what}. It counts as missing`,
      fatal: false,
    },
  };
}

function refused(
  code: "NOT_A_NUMBER" | "VALUE_NOT_ALLOWED" | "OUT_OF_RANGE",
  feature: InputFeature,
  cell: unknown,
): ParsedCell {
  return {
    value: NaN,
    problem: {
      code,
      column: feature.name,
      message: `Column '${feature.name}' has the value ${show(cell)}; allowed ${allowed(feature)}`,
      fatal: true,
    },
  };
}

function allowed(feature: InputFeature): string {
  if (feature.values !== undefined) return `are ${list(feature.values)}`;
  if (feature.kind === "categorical") return "is text, a number, true or false";
  const { minimum, maximum } = feature;
  if (minimum !== undefined && maximum !== undefined) return `is ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `is a number of at least ${minimum}`;
  if (maximum !== undefined) return `is a number of at most ${maximum}`;
  return "is a number";
}

/** Values that are named in full; of a longer list the rest is counted. */
const LISTED = 10;

function list(values: readonly (number | string)[]): string {
  if (values.length === 0) return "none";
  const named = values.slice(0, LISTED).map(show).join(", ");
  return values.length > LISTED ? `${named} and ${values.length - LISTED} more` : named;
}

/** Longest part of a value that a message repeats. */
const SHOWN = 80;

/** A value for people: text in quotes, on one line, shortened. */
function show(value: unknown): string {
  if (typeof value === "string") {
    const short = value.length > SHOWN ? `${value.slice(0, SHOWN - 1)}…` : value;
    return `'${short.replaceAll(/\p{Cc}/gu, " ")}'`;
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "(a list)" : `(of type ${typeof value})`;
}
