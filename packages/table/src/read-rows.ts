import { canonicalNumber } from "@gillnet/entity";
import { MISSING } from "./category-index.ts";
import { missingColumns } from "./match-columns.ts";
import { NOT_A_NUMBER, numberFromText } from "./numeric-cells.ts";
import type { ReadOptions, ReadTable } from "./read-table.ts";
import { RejectedRows } from "./rejected-rows.ts";
import { RowBlocks } from "./row-blocks.ts";
import { TableBuilder, type ColumnBuilder } from "./table-builder.ts";

/** A value that can be no cell, and why. */
export interface NoCell {
  /** As a rejected row shows it. */
  readonly text: string;
  /** "Is a list" */
  readonly reason: string;
}

/** A cell that comes as a value: null is missing, undefined too, and says that the row lacks the column. */
export type CellValue = string | number | boolean | null | undefined | NoCell;

/** One row. */
export interface RowValues {
  /** In the layout's order. */
  readonly cells: readonly CellValue[];
  /** The name that the source gives the row, for when it is rejected. */
  readonly document: string;
}

/** How to read rows. */
export interface RowsOptions extends Pick<ReadOptions, "layout" | "rejectedPath" | "signal"> {
  /** What people call the source. */
  readonly source: string;
  /** Names of columns that the source has, for those that the layout does not name or names wrongly. */
  readonly names: readonly string[];
}

/**
 * Reads rows whose cells are values into typed columns, in their order, by the rules of the other readers:
 * text as `readCsv` reads it, numbers and booleans as `readParquet` does. `true` in a numeric column is 1.
 *
 * A row is rejected for its first cell, in the layout's order, that is no number in a numeric column or is
 * no cell at all. Memory beyond the table: one batch.
 *
 * Throws TABLE_COLUMN_MISSING when there are rows and none has one of the columns, TABLE_FILE_UNWRITABLE (for
 * `rejectedPath`), `signal.reason`, and what `batches` throws.
 */
export async function readRows(
  batches: AsyncIterable<readonly RowValues[]>,
  options: RowsOptions,
): Promise<ReadTable> {
  const { layout, names, signal } = options;
  const wanted = layout.columns.map(({ name }) => name);
  const rejected = new RejectedRows(options.rejectedPath);
  const rows = new ValueRows(options, rejected);
  try {
    for await (const batch of batches) {
      signal?.throwIfAborted();
      for (const row of batch) rows.add(row);
      await rejected.flush();
    }
    signal?.throwIfAborted();
    const missing = rows.count === 0 ? [] : wanted.filter((_, c) => rows.present[c] === 0);
    if (missing.length > 0) {
      const { source } = options;
      throw missingColumns({ source, place: { source }, missing, names, wanted });
    }
    return {
      ...rows.finish(),
      rejectedRows: rejected.count,
      rejectedExamples: rejected.examples,
      unknownColumns: names.filter((name) => !wanted.includes(name)),
    };
  } finally {
    await rejected.close();
  }
}

/** Turns rows of values into rows of a table and rejected rows. */
class ValueRows {
  count = 0;
  /** 1 for the columns that some row has. */
  readonly present: Uint8Array;
  readonly #builder: TableBuilder;
  readonly #rejected: RejectedRows;
  /** The codes of the texts that each categorical column has had. */
  readonly #codes: readonly Map<string, number>[];
  readonly #blocks: RowBlocks;

  constructor({ layout }: Pick<RowsOptions, "layout">, rejected: RejectedRows) {
    this.#builder = new TableBuilder(layout);
    this.#rejected = rejected;
    this.present = new Uint8Array(layout.columns.length);
    this.#codes = layout.columns.map(() => new Map());
    this.#blocks = new RowBlocks(this.#builder, this.#builder.columns);
  }

  add({ cells, document }: RowValues): void {
    this.count++;
    for (let c = 0; c < cells.length; c++) if (cells[c] !== undefined) this.present[c] = 1;
    for (let c = 0; c < this.#builder.columns.length; c++) {
      const cell = cells[c];
      const column = this.#builder.columns[c] as ColumnBuilder;
      const value = isNoCell(cell)
        ? NOT_A_NUMBER
        : column.kind === "numeric"
          ? this.#numberOf(cell)
          : this.#codeOf(cell, c);
      if (value === NOT_A_NUMBER) {
        this.#rejected.add({
          sourceRow: this.count,
          line: null,
          document,
          column: column.name,
          ...faultOf(cell),
        });
        return;
      }
      this.#blocks.set(c, value);
    }
    this.#blocks.endRow(this.count);
  }

  finish(): Pick<ReadTable, "table" | "sourceRows"> {
    return this.#blocks.finish();
  }

  /** NaN when missing, NOT_A_NUMBER when it is none. */
  #numberOf(cell: Exclude<CellValue, NoCell>): number {
    const { markers } = this.#builder;
    if (typeof cell === "string") return numberFromText(cell, markers);
    if (cell === null || cell === undefined) return NaN;
    const value = Number(cell);
    if (value === Infinity || value === -Infinity) return NOT_A_NUMBER;
    // Plus zero: no negative zeros.
    return markers.hasNumber(value) ? NaN : value + 0;
  }

  #codeOf(cell: Exclude<CellValue, NoCell>, c: number): number {
    if (cell === null || cell === undefined || Number.isNaN(cell)) return MISSING;
    const text = typeof cell === "number" ? canonicalNumber(cell) : String(cell);
    const codes = this.#codes[c] as Map<string, number>;
    let code = codes.get(text);
    if (code === undefined) {
      const column = this.#builder.columns[c] as ColumnBuilder & { kind: "categorical" };
      code = column.index.codeOfText(text);
      codes.set(text, code);
    }
    return code;
  }
}

function isNoCell(cell: CellValue): cell is NoCell {
  return typeof cell === "object" && cell !== null;
}

function faultOf(cell: CellValue): { readonly value: string; readonly reason: string } {
  if (isNoCell(cell)) return { value: cell.text, reason: cell.reason };
  const reason = typeof cell === "number" ? "Not a finite number" : "Not a number";
  return { value: String(cell), reason };
}
