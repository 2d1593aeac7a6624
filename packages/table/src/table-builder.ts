import type { Column, Table } from "@gillnet/entity";
import { CategoryIndex } from "./category-index.ts";
import { MissingMarkers } from "./missing-markers.ts";
import type { TableLayout } from "./read-table.ts";

/** A column as it grows: blocks of values or codes, and the categories of a categorical one. */
export type ColumnBuilder =
  | { readonly kind: "numeric"; readonly name: string; readonly blocks: Float64Array[] }
  | {
      readonly kind: "categorical";
      readonly name: string;
      readonly blocks: Int32Array[];
      readonly index: CategoryIndex;
    };

/**
 * Gathers the columns of a table, block by block: no array ever has to grow, and each column's blocks are
 * let go as soon as they are joined, so the peak is the table and one column more.
 */
export class TableBuilder {
  readonly markers: MissingMarkers;
  readonly columns: readonly ColumnBuilder[];
  readonly sourceRows: Int32Array[] = [];

  constructor(layout: TableLayout) {
    this.markers = new MissingMarkers(layout.missingMarkers);
    this.columns = layout.columns.map(({ kind, name }) =>
      kind === "numeric"
        ? { kind, name, blocks: [] }
        : { kind, name, blocks: [], index: new CategoryIndex(this.markers) },
    );
  }

  /** Joins the blocks. The builder is spent. */
  finish(): { readonly table: Table; readonly sourceRows: Int32Array } {
    const rowCount = this.sourceRows.reduce((sum, block) => sum + block.length, 0);
    const columns = this.columns.map((column): Column => {
      const { kind, name } = column;
      if (kind === "numeric") {
        return { kind, name, values: join(column.blocks, new Float64Array(rowCount)) };
      }
      const codes = join(column.blocks, new Int32Array(rowCount));
      return { kind, name, codes, categories: column.index.finish(codes) };
    });
    const sourceRows = join(this.sourceRows, new Int32Array(rowCount));
    return { table: { columns, rowCount }, sourceRows };
  }
}

/** Copies `blocks` one after another into `whole`, and empties the list. */
function join<A extends Float64Array | Int32Array>(blocks: A[], whole: A): A {
  let start = 0;
  for (const block of blocks) {
    whole.set(block, start);
    start += block.length;
  }
  blocks.length = 0;
  return whole;
}
