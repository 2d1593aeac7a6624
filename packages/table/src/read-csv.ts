import { NOT_UTF8 } from "./category-index.ts";
import { readHeader } from "./csv-header.ts";
import { CsvScanner, type CsvScan } from "./csv-scanner.ts";
import { matchColumns } from "./match-columns.ts";
import { NOT_A_NUMBER, numberFromBytes } from "./numeric-cells.ts";
import { openToRead } from "./open-file.ts";
import type { ReadOptions, ReadTable } from "./read-table.ts";
import { RejectedRows } from "./rejected-rows.ts";
import { RowBlocks } from "./row-blocks.ts";
import { TableBuilder, type ColumnBuilder } from "./table-builder.ts";
import { unescapeQuotes } from "./unescape-quotes.ts";

/**
 * Reads a CSV file with a header into typed columns, in the file's order. What counts as CSV, and how a
 * faulty row is told from its neighbours, is said at `CsvScanner`; the number grammar and how categories are
 * normalised, at `parseNumber` and `normalizeCategory`.
 *
 * A row with a structural fault, with another number of cells than the header, with a cell that is no number
 * in a numeric column or no UTF-8 in a categorical one, is rejected as a whole; other rows are not touched by
 * it. Columns that the layout does not name are not looked into. A header alone gives a table without rows.
 *
 * The file is read once, through a window of a mebibyte that grows for long rows to at most 16.
 *
 * Throws TABLE_FILE_NOT_FOUND, TABLE_FILE_UNREADABLE, TABLE_CSV_EMPTY, TABLE_CSV_NOT_TEXT, TABLE_CSV_ENCODING,
 * TABLE_CSV_HEADER, TABLE_COLUMN_DUPLICATE, TABLE_COLUMN_MISSING, TABLE_FILE_UNWRITABLE (for `rejectedPath`),
 * and `signal.reason`.
 *
 * @example
 * const layout = { columns: [{ name: "age", kind: "numeric" }], missingMarkers: ["NA"] } as const;
 * const { table, rejectedRows } = await readCsv("people.csv", { layout, rejectedPath: "rejected.csv" });
 */
export async function readCsv(path: string, options: ReadOptions): Promise<ReadTable> {
  options.signal?.throwIfAborted();
  const file = await openToRead(path);
  const rejected = new RejectedRows(options.rejectedPath);
  try {
    const scanner = new CsvScanner(
      async (target, offset, length) => (await file.read(target, offset, length)).bytesRead,
    );
    const names = await readHeader(scanner, path, options);
    const { positions, unknownColumns } = matchColumns(path, names, options);
    const rows = new CsvRows(options, names, positions, rejected);
    let scan: CsvScan;
    while ((scan = scanner.next()) !== "end") {
      if (scan === "more") {
        await rejected.flush();
        options.signal?.throwIfAborted();
        await scanner.fill();
      } else {
        rows.add(scan, scanner);
      }
    }
    await rejected.flush();
    return {
      ...rows.finish(),
      rejectedRows: rejected.count,
      rejectedExamples: rejected.examples,
      unknownColumns,
    };
  } finally {
    await rejected.close();
    await file.close();
  }
}

/** Turns what the scanner finds into rows of a table and rejected rows. */
class CsvRows {
  readonly #builder: TableBuilder;
  readonly #names: readonly string[];
  /** The columns to read in the file's order, so that the first fault reported is the leftmost. */
  readonly #columns: readonly ColumnBuilder[];
  readonly #cells: Int32Array;
  /** Of `#columns`. */
  readonly #blocks: RowBlocks;
  #sourceRow = 0;
  readonly #rejected: RejectedRows;

  constructor(
    options: ReadOptions,
    names: readonly string[],
    positions: readonly number[],
    rejected: RejectedRows,
  ) {
    this.#builder = new TableBuilder(options.layout);
    this.#names = names;
    const byPosition = [...positions.entries()].sort(([, a], [, b]) => a - b);
    this.#columns = byPosition.map(([index]) => this.#builder.columns[index] as ColumnBuilder);
    this.#cells = Int32Array.from(byPosition, ([, position]) => position);
    this.#rejected = rejected;
    this.#blocks = new RowBlocks(this.#builder, this.#columns);
  }

  add(scan: Exclude<CsvScan, "more" | "end">, scanner: CsvScanner): void {
    this.#sourceRow++;
    if (scan !== "row" || scanner.cellCount !== this.#names.length) {
      this.#rejectRow(scan, scanner);
      return;
    }
    for (let c = 0; c < this.#cells.length; c++) {
      const cell = this.#cells[c] as number;
      let bytes = scanner.window;
      let start = scanner.starts[cell] as number;
      let end = scanner.ends[cell] as number;
      if (scanner.escaped[cell] === 1) {
        bytes = unescapeQuotes(bytes.subarray(start, end), true);
        start = 0;
        end = bytes.length;
      }
      const column = this.#columns[c] as ColumnBuilder;
      const value =
        column.kind === "numeric"
          ? numberFromBytes(bytes, start, end, this.#builder.markers)
          : column.index.codeOfBytes(bytes, start, end);
      if (value === (column.kind === "numeric" ? NOT_A_NUMBER : NOT_UTF8)) {
        this.#rejected.add({
          sourceRow: this.#sourceRow,
          line: scanner.rowLine,
          column: column.name,
          value: excerpt(bytes, start, end),
          reason: column.kind === "numeric" ? "Not a number" : "Not UTF-8",
        });
        return;
      }
      this.#blocks.set(c, value);
    }
    this.#blocks.endRow(this.#sourceRow);
  }

  finish(): Pick<ReadTable, "table" | "sourceRows"> {
    return this.#blocks.finish();
  }

  #rejectRow(scan: Exclude<CsvScan, "more" | "end">, scanner: CsvScanner): void {
    const { cellCount, rowStart, rowEnd, rowLine } = scanner;
    const reasons = {
      row: `Has ${cellCount} ${cellCount === 1 ? "cell" : "cells"}, the header has ${this.#names.length}`,
      "open-quote": "A quote is never closed",
      "text-after-quote": "Text follows a closing quote",
      "too-long": "Is longer than 16 MiB",
    };
    // An open quote is in the cell that is not added yet, text after a quote in the one added last.
    const cell = {
      row: -1,
      "open-quote": cellCount,
      "text-after-quote": cellCount - 1,
      "too-long": -1,
    };
    this.#rejected.add({
      sourceRow: this.#sourceRow,
      line: rowLine,
      column: this.#names[cell[scan]] ?? null,
      value: excerpt(scanner.window, rowStart, rowEnd),
      reason: reasons[scan],
    });
  }
}

/** The text of some bytes; of a very long one more than a rejected row's value keeps, not all. */
function excerpt(bytes: Buffer, start: number, end: number): string {
  return bytes.toString("utf8", start, Math.min(end, start + 5000));
}
