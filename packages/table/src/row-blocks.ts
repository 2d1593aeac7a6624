import type { ReadTable } from "./read-table.ts";
import type { ColumnBuilder, TableBuilder } from "./table-builder.ts";

const BLOCK_ROWS = 65_536;

/** Fills the columns of a table row by row. A row that is not ended is overwritten by the next. */
export class RowBlocks {
  readonly #builder: TableBuilder;
  readonly #columns: readonly ColumnBuilder[];
  /** The block being filled, of each column, and of the source rows. */
  #blocks: readonly (Float64Array | Int32Array)[] = [];
  #sourceRows: Int32Array = new Int32Array(0);
  #rows = 0;

  /** @param columns the builder's, in the order in which cells are set */
  constructor(builder: TableBuilder, columns: readonly ColumnBuilder[]) {
    this.#builder = builder;
    this.#columns = columns;
    this.#start();
  }

  /** Sets a cell of the row being filled: a number, or a category's code. */
  set(column: number, value: number): void {
    (this.#blocks[column] as Float64Array | Int32Array)[this.#rows] = value;
  }

  /** Takes the row, all of whose cells are set, into the table. */
  endRow(sourceRow: number): void {
    this.#sourceRows[this.#rows] = sourceRow;
    this.#rows++;
    if (this.#rows === BLOCK_ROWS) {
      this.#end();
      this.#start();
    }
  }

  /** The table of all rows taken. The builder is spent. */
  finish(): Pick<ReadTable, "table" | "sourceRows"> {
    this.#end();
    return this.#builder.finish();
  }

  #start(): void {
    this.#blocks = this.#columns.map(({ kind }) =>
      kind === "numeric" ? new Float64Array(BLOCK_ROWS) : new Int32Array(BLOCK_ROWS),
    );
    this.#sourceRows = new Int32Array(BLOCK_ROWS);
    this.#rows = 0;
  }

  #end(): void {
    const rows = this.#rows;
    for (const [c, column] of this.#columns.entries()) {
      (column.blocks as (Float64Array | Int32Array)[]).push(
        (this.#blocks[c] as Float64Array | Int32Array).subarray(0, rows),
      );
    }
    this.#builder.sourceRows.push(this.#sourceRows.subarray(0, rows));
  }
}
