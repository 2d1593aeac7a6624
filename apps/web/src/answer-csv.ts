import { POSITIVE, UNPREDICTED } from "./answer-table.ts";
import type { AnswerTable } from "./answer-table.ts";
import { cellsOfRow } from "./csv-index.ts";

const PREDICTED_COLUMN = "predicted_column";
const PROBABILITY_COLUMN = "probability";

/** Rows that one part of the text holds: some ten milliseconds of work. */
const ROWS_PER_PART = 5_000;

/** Cells that must stand in quotes: those with a separator, and those whose white space a reader might trim. */
const NEEDS_QUOTES = /[",\n\r]|^\s|\s$/;

/**
 * The file's rows with `predicted_column` and `probability` after them, as parts of CSV text: what POST
 * /predict answers with Accept: text/csv, made from the predictions that the page already has. `rows` says
 * which, in which order.
 */
export function* answerCsv(table: AnswerTable, rows: Int32Array): Generator<string> {
  const { classes, csv, verdict, probability } = table;
  yield csvLine([...renamed(csv.header), PREDICTED_COLUMN, PROBABILITY_COLUMN]);
  for (let start = 0; start < rows.length; start += ROWS_PER_PART) {
    let part = "";
    for (const row of rows.subarray(start, start + ROWS_PER_PART)) {
      const cells = cellsOfRow(csv, row);
      if (verdict[row] === UNPREDICTED) cells.push("", "");
      else {
        const { label } = verdict[row] === POSITIVE ? classes.positive : classes.negative;
        cells.push(String(label), String(probability[row]));
      }
      part += csvLine(cells);
    }
    yield part;
  }
}

/** "rows.csv" becomes "rows-predicted.csv". */
export function answerFileName(fileName: string): string {
  return `${fileName.replace(/\.[^.]*$/, "") || "rows"}-predicted.csv`;
}

/** A column of the file that is called like an appended one gives way to it, and is not lost. */
function renamed(header: readonly string[]): string[] {
  const taken = new Set([...header, PREDICTED_COLUMN, PROBABILITY_COLUMN]);
  return header.map((column) => {
    if (column !== PREDICTED_COLUMN && column !== PROBABILITY_COLUMN) return column;
    let name = `input_${column}`;
    while (taken.has(name)) name = `input_${name}`;
    taken.add(name);
    return name;
  });
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(",")}\n`;
}

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
