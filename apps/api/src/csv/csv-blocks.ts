import Papa from "papaparse";
import { apiError } from "../errors.ts";

/** Characters parsed at a time: about a thousand rows of thirty small numbers, one or two milliseconds. */
const BLOCK_CHARACTERS = 65_536;

/** Characters that one record may have. */
const RECORD_CHARACTERS = 1_048_576;

export interface CsvBlockLimits {
  readonly csvColumns: number;
  readonly cellLength: number;
}

/**
 * The records of CSV text (RFC 4180; lines may end in LF, CRLF or, throughout, CR), header first, some at a
 * time; blank lines are left out. Cells are the text between the commas, unquoted, untrimmed.
 *
 * Memory beyond the text is bounded by a block, or by the longest record that the limits allow.
 * Throws API_CSV_QUOTES (naming the record; 0 is the header) for an open quote or text after a closing
 * one: whatever follows can't be told apart. Throws API_CSV_TOO_LARGE for too many cells in a record and
 * for too long a cell.
 */
export function* csvBlocks(text: string, limits: CsvBlockLimits): Generator<string[][]> {
  const parser = new Papa.Parser({
    delimiter: ",",
    // A CR before the LF stays at the end of the last cell and is cut off below, so files may mix both.
    newline: text.includes("\n") ? "\n" : "\r",
    quoteChar: '"',
  });
  let record = 0;
  let start = 0;
  let size = BLOCK_CHARACTERS;
  while (start < text.length) {
    const isLast = start + size >= text.length;
    const parsed = parser.parse(text.slice(start, start + size), 0, !isLast) as Papa.ParseResult<
      string[]
    >;
    const fault = parsed.errors.find((error) => isLast || (error.row ?? 0) < parsed.data.length);
    if (fault !== undefined) {
      const before = parsed.data.slice(0, fault.row).filter((cells) => !isBlank(cells));
      throw quoteFault(record + before.length, fault.code);
    }
    if (!isLast && parsed.data.length === 0) {
      // The block holds no whole record: look at twice as much, as far as a record may go.
      if (size >= RECORD_CHARACTERS) {
        throw apiError(
          "API_CSV_TOO_LARGE",
          `${recordName(record)} is longer than ${RECORD_CHARACTERS} characters`,
          { hint: 'Look for a quote (") that is opened there and not closed.' },
        );
      }
      size *= 2;
      continue;
    }
    const block: string[][] = [];
    for (const cells of parsed.data) {
      if (isBlank(cells)) continue;
      const last = cells.length - 1;
      if (cells[last]?.endsWith("\r") === true) cells[last] = cells[last].slice(0, -1);
      checkSize(cells, record, limits);
      block.push(cells);
      record++;
    }
    if (block.length > 0) yield block;
    start = isLast ? text.length : start + parsed.meta.cursor;
    size = BLOCK_CHARACTERS;
  }
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] as string).trim() === "";
}

function checkSize(cells: readonly string[], record: number, limits: CsvBlockLimits): void {
  if (cells.length > limits.csvColumns) {
    throw apiError(
      "API_CSV_TOO_LARGE",
      `${recordName(record)} has ${cells.length} cells; at most ${limits.csvColumns} are taken`,
    );
  }
  for (const cell of cells) {
    if (cell.length > limits.cellLength) {
      throw apiError(
        "API_CSV_TOO_LARGE",
        `${recordName(record)} has a cell of ${cell.length} characters; at most ${limits.cellLength} are taken`,
      );
    }
  }
}

function quoteFault(record: number, code: string): Error {
  const what =
    code === "MissingQuotes"
      ? "opens a quote that is never closed"
      : "has text after a closing quote";
  return apiError("API_CSV_QUOTES", `${recordName(record)} ${what}`, { details: { row: record } });
}

function recordName(record: number): string {
  return record === 0 ? "The header" : `Row ${record}`;
}
