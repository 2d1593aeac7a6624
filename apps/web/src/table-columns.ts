import type { AnswerTable } from "./answer-table.ts";
import type { SortColumn } from "./arrange-rows.ts";
import type { CsvIndex } from "./csv-index.ts";
import { cellsOfRow } from "./csv-index.ts";
import { count } from "./number-text.ts";

/** A column of the answer, before those of the file. */
export interface AnswerColumn {
  readonly key: Exclude<SortColumn, number>;
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  /** Stays in sight when a wide window is scrolled sideways. */
  readonly isStuck: boolean;
  readonly isNumber: boolean;
}

/** Pixels of a character, of a bold one in the header, and of the padding and sorting mark around them. */
const CHARACTER = 8;
const HEADER_CHARACTER = 9;
const AROUND = 52;

/** Rows that are looked at for a column's width. */
const SAMPLED_ROWS = 100;
const NARROWEST = 72;
const WIDEST = 320;

/** The row's number, what is predicted, and, when any row has a problem, what needs a look. */
export function answerColumns({ classes, rowCount, problems }: AnswerTable): AnswerColumn[] {
  const predictions = [classes.positive, classes.negative].map(
    ({ name, label }) => `▲ ${name} (${label})`,
  );
  const columns: AnswerColumn[] = [
    {
      key: "row",
      title: "Row",
      width: widthOf("Row", [count(rowCount)]),
      isStuck: true,
      isNumber: true,
    },
    {
      key: "prediction",
      title: "predicted_column",
      width: widthOf("predicted_column", predictions),
      isStuck: true,
      isNumber: false,
    },
    { key: "probability", title: "probability", width: 160, isStuck: false, isNumber: false },
  ];
  if (problems.length > 0) {
    columns.push({
      key: "problems",
      title: "Needs a look",
      width: 300,
      isStuck: false,
      isNumber: false,
    });
  }
  return columns;
}

/** A width in pixels for each of the file's columns, from its name and its first cells. */
export function fileColumnWidths(csv: CsvIndex): number[] {
  const rows = Array.from({ length: Math.min(SAMPLED_ROWS, csv.rowStart.length) }, (_, row) =>
    cellsOfRow(csv, row),
  );
  return csv.header.map((name, column) =>
    widthOf(
      name,
      rows.map((cells) => cells[column] as string),
    ),
  );
}

function widthOf(title: string, texts: readonly string[]): number {
  const longest = Math.max(0, ...texts.map((text) => text.length));
  const width = Math.max(title.length * HEADER_CHARACTER, longest * CHARACTER) + AROUND;
  return Math.min(WIDEST, Math.max(NARROWEST, width));
}
