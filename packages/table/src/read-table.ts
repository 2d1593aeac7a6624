import type { Table } from "@gillnet/entity";

/** A column to read: its name in the file, and how its cells are understood. */
export interface ColumnLayout {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
}

/** The columns to read, in the order of the table to make; other columns of the file are not read. */
export interface TableLayout {
  readonly columns: readonly ColumnLayout[];
  /** Texts that count as missing, besides null and the empty cell; compared after trimming. */
  readonly missingMarkers: readonly string[];
}

/** What both readers take. */
export interface ReadOptions {
  readonly layout: TableLayout;
  /** A CSV of all rejected rows is written there, only when there are any. */
  readonly rejectedPath?: string;
  /** When aborted, the reader stops and throws `signal.reason`. */
  readonly signal?: AbortSignal;
  /** Default true. False: header names match the layout's whatever their case. */
  readonly matchCase?: boolean;
}

/** A row that is not in the table, and why. */
export interface RejectedRow {
  /** 1 is the first data row of the source. */
  readonly sourceRow: number;
  /** Line of the file on which the row starts, 1 being the header's; null where there are no lines. */
  readonly line: number | null;
  /** The `_id` of the document, where the source has documents instead of lines. */
  readonly document?: string;
  /** The first column at fault; null when the row as a whole is. */
  readonly column: string | null;
  /** The cell's text, or the row's when `column` is null; at most 1,000 characters of it. */
  readonly value: string | null;
  readonly reason: string;
}

/** A table as read, with what could not be. */
export interface ReadTable {
  /** The layout's columns, in its order and under its names; rows in the file's order. */
  readonly table: Table;
  /** For each row of `table` its data row in the file; 1 is the first, and rejected rows count too. */
  readonly sourceRows: Int32Array;
  readonly rejectedRows: number;
  /** The first ten. */
  readonly rejectedExamples: readonly RejectedRow[];
  /** Columns of the file that the layout does not name, in the file's order. */
  readonly unknownColumns: readonly string[];
}
