/** A CSV file's text with where its rows stand in it, so that cells are read when they are looked at. */
export interface CsvIndex {
  readonly text: string;
  readonly header: readonly string[];
  /** Per data row, the index of its first character and the index after its last, the line's end left out. */
  readonly rowStart: Uint32Array;
  readonly rowEnd: Uint32Array;
}

const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;

/**
 * Finds the rows of a file that the API has accepted: RFC 4180, separated by commas, blank lines left out,
 * lines ended by LF, CRLF or, throughout, CR.
 */
export function indexCsv(text: string): CsvIndex {
  const newline = text.includes("\n") ? "\n" : "\r";
  const starts: number[] = [];
  const ends: number[] = [];
  let nextQuote = indexOrEnd(text, '"', 0);
  let start = 0;
  while (start < text.length) {
    let end = indexOrEnd(text, newline, start);
    if (nextQuote < start) nextQuote = indexOrEnd(text, '"', start);
    if (nextQuote < end) end = endOfQuotedRow(text, start, newline);
    const next = end + 1;
    if (end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
    if (!isBlank(text, start, end)) {
      starts.push(start);
      ends.push(end);
    }
    start = next;
  }
  return {
    text,
    header: starts.length === 0 ? [] : readCells(text, starts[0] as number, ends[0] as number),
    rowStart: Uint32Array.from(starts.slice(1)),
    rowEnd: Uint32Array.from(ends.slice(1)),
  };
}

/** The cells of a row, as many as the header has: missing ones are empty, further ones are left out. */
export function cellsOfRow(csv: CsvIndex, row: number): string[] {
  const cells = readCells(csv.text, csv.rowStart[row] as number, csv.rowEnd[row] as number);
  return csv.header.map((_, column) => cells[column] ?? "");
}

/** One cell of a row; "" where the row is too short. */
export function cellOfRow(csv: CsvIndex, row: number, column: number): string {
  const { text } = csv;
  const end = csv.rowEnd[row] as number;
  let start = csv.rowStart[row] as number;
  for (let skipped = 0; skipped < column; skipped++) {
    start = endOfCell(text, start, end) + 1;
    if (start > end) return "";
  }
  return cellText(text, start, endOfCell(text, start, end));
}

function readCells(text: string, start: number, end: number): string[] {
  const cells: string[] = [];
  let cellStart = start;
  while (cellStart <= end) {
    const cellEnd = endOfCell(text, cellStart, end);
    cells.push(cellText(text, cellStart, cellEnd));
    cellStart = cellEnd + 1;
  }
  return cells;
}

/** The index of the comma after the cell that starts at `start`, or `end`. */
function endOfCell(text: string, start: number, end: number): number {
  let index = isQuoted(text, start, end) ? afterClosingQuote(text, start) : start;
  while (index < end && text.charCodeAt(index) !== COMMA) index++;
  return Math.min(index, end);
}

function cellText(text: string, start: number, end: number): string {
  if (!isQuoted(text, start, end)) return text.slice(start, end);
  const close = afterClosingQuote(text, start) - 1;
  return text.slice(start + 1, Math.min(close, end)).replaceAll('""', '"');
}

/** A quote opens a cell only as its first character. */
function isQuoted(text: string, start: number, end: number): boolean {
  return start < end && text.charCodeAt(start) === QUOTE;
}

/** Inside a quoted cell two quotes are one. */
function afterClosingQuote(text: string, start: number): number {
  let index = start + 1;
  for (;;) {
    const quote = indexOrEnd(text, '"', index);
    if (text.charCodeAt(quote + 1) !== QUOTE) return quote + 1;
    index = quote + 2;
  }
}

function endOfQuotedRow(text: string, start: number, newline: string): number {
  const lineEnd = newline.charCodeAt(0);
  let index = start;
  while (index < text.length) {
    if (text.charCodeAt(index) === QUOTE) index = afterClosingQuote(text, index);
    // To the next cell, or out at the row's end.
    for (;;) {
      const character = text.charCodeAt(index);
      if (index >= text.length || character === lineEnd) return Math.min(index, text.length);
      index++;
      if (character === COMMA) break;
    }
  }
  return text.length;
}

function isBlank(text: string, start: number, end: number): boolean {
  // Nearly every row is told from a blank one by its first character.
  const first = text.charCodeAt(start);
  if (start < end && first > SPACE && first < 128 && first !== QUOTE) return false;
  const cells = readCells(text, start, end);
  return cells.length === 1 && (cells[0] as string).trim() === "";
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index === -1 ? text.length : index;
}
