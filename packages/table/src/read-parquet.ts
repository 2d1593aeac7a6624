import { basename } from "node:path";
import type { DuckDBDataChunk } from "@duckdb/node-api";
import { PipelineError, isPipelineError } from "@gillnet/entity";
import { globOf, sqlText, withDuckDb, type DuckDbSession } from "./duckdb.ts";
import { matchColumns } from "./match-columns.ts";
import { NOT_A_NUMBER } from "./numeric-cells.ts";
import { openToRead } from "./open-file.ts";
import { columnReaders, type ColumnReader, type ParquetColumn } from "./parquet-columns.ts";
import type { ReadOptions, ReadTable } from "./read-table.ts";
import { RejectedRows } from "./rejected-rows.ts";
import { TableBuilder, type ColumnBuilder } from "./table-builder.ts";

/**
 * Reads a Parquet file into typed columns, in the file's order.
 *
 * Numeric columns may hold any integers, decimals, floats or booleans (0 and 1), or texts as in a CSV file;
 * null and NaN are missing. A number read as categorical has the text that `canonicalNumber` gives it (integers
 * beyond 2^53 and decimals keep all their digits), a boolean is "true" or "false", a date or time its ISO text.
 * A row with an infinite number, or with a text that is no number in a numeric column, is rejected.
 *
 * Throws TABLE_FILE_NOT_FOUND, TABLE_FILE_UNREADABLE, TABLE_PARQUET_UNREADABLE, TABLE_COLUMN_DUPLICATE,
 * TABLE_COLUMN_MISSING, TABLE_COLUMN_TYPE, TABLE_ENGINE_UNAVAILABLE, TABLE_FILE_UNWRITABLE (for `rejectedPath`),
 * and `signal.reason`.
 *
 * @example
 * const layout = { columns: [{ name: "age", kind: "numeric" }], missingMarkers: [] } as const;
 * const { table } = await readParquet("people.parquet", { layout });
 */
export async function readParquet(path: string, options: ReadOptions): Promise<ReadTable> {
  const { signal } = options;
  await (await openToRead(path)).close();
  const rejected = new RejectedRows(options.rejectedPath);
  try {
    return await withDuckDb({ path, signal }, (session) =>
      readRows(session, path, options, rejected),
    );
  } catch (error) {
    if (isPipelineError(error) || signal?.aborted) throw error;
    const reason = (error as Error).message.split("\n", 1)[0];
    throw new PipelineError(
      "TABLE_PARQUET_UNREADABLE",
      `${basename(path)} cannot be read as Parquet: ${reason}`,
      { hint: "Write the file again, or read it as what it is", details: { path }, cause: error },
    );
  } finally {
    await rejected.close();
  }
}

async function readRows(
  session: DuckDbSession,
  path: string,
  options: ReadOptions,
  rejected: RejectedRows,
): Promise<ReadTable> {
  const source = `read_parquet(${sqlText(globOf(path))}, hive_partitioning = false, binary_as_string = true)`;
  const { names, columns } = await describe(session, path, source);
  const { positions, unknownColumns } = matchColumns(path, names, options);
  const builder = new TableBuilder(options.layout);
  // In the file's order, so that the first fault reported of a row is the leftmost.
  const byPosition = [...positions.entries()].sort(([, a], [, b]) => a - b);
  const wanted = byPosition.map(([index, position]): ParquetColumn => {
    const { sqlName, type } = columns[position] as (typeof columns)[number];
    return { sqlName, type, builder: builder.columns[index] as ColumnBuilder };
  });
  const readers = await columnReaders(session, source, wanted, builder.markers);
  const select = readers.map((reader) => reader.sql).join(", ");
  const result = await session.connection.stream(`SELECT ${select} FROM ${source}`);
  let rowsBefore = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    addChunk(chunk, readers, builder, rejected, rowsBefore);
    rowsBefore += chunk.rowCount;
    await rejected.flush();
  }
  return {
    ...builder.finish(),
    rejectedRows: rejected.count,
    rejectedExamples: rejected.examples,
    unknownColumns,
  };
}

/** The file's columns: their own names, and what DuckDB calls them. */
async function describe(
  { connection }: DuckDbSession,
  path: string,
  source: string,
): Promise<{
  readonly names: readonly string[];
  readonly columns: readonly Pick<ParquetColumn, "sqlName" | "type">[];
}> {
  const schema = await connection.runAndReadAll(
    `SELECT name, num_children FROM parquet_schema(${sqlText(globOf(path))})`,
  );
  // A tree, parents before children; the root stands first and the columns are its children.
  const nodes = schema.getRows().map(([name, children]) => ({
    name: String(name),
    children: Number(children ?? 0),
  }));
  const names: string[] = [];
  for (let i = 1; i < nodes.length;) {
    names.push(nodes[i]?.name as string);
    let open = 1;
    for (; open > 0 && i < nodes.length; i++) open += (nodes[i]?.children as number) - 1;
  }
  const empty = await connection.run(`SELECT * FROM ${source} LIMIT 0`);
  const types = empty.columnTypes();
  const columns = empty.columnNames().map((sqlName, index) => {
    return { sqlName, type: types[index] as ParquetColumn["type"] };
  });
  return { names, columns };
}

/** Adds a chunk's good rows to the table; `rowsBefore` rows of the file came before it. */
function addChunk(
  chunk: DuckDBDataChunk,
  readers: readonly ColumnReader[],
  builder: TableBuilder,
  rejected: RejectedRows,
  rowsBefore: number,
): void {
  const count = chunk.rowCount;
  /** For each row the first reader that found a fault, or -1. */
  const faultOf = new Int32Array(count).fill(-1);
  let faults = 0;
  const blocks = readers.map(({ builder: column, cell }, r) => {
    const vector = chunk.getColumnVector(r);
    if (column.kind === "categorical") {
      const codes = new Int32Array(count);
      for (let i = 0; i < count; i++) codes[i] = cell(vector, i);
      return codes;
    }
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const value = cell(vector, i);
      values[i] = value;
      if (value === NOT_A_NUMBER && faultOf[i] === -1) {
        faultOf[i] = r;
        faults++;
      }
    }
    return values;
  });

  const kept = new Int32Array(count - faults);
  for (let i = 0, k = 0; i < count; i++) {
    const fault = faultOf[i] as number;
    if (fault === -1) {
      kept[k++] = i;
      continue;
    }
    const reader = readers[fault] as ColumnReader;
    rejected.add({
      sourceRow: rowsBefore + i + 1,
      line: null,
      column: reader.builder.name,
      value: reader.text(chunk.getColumnVector(fault), i),
      reason: "Not a finite number",
    });
  }
  for (const [r, { builder: column }] of readers.entries()) {
    const block = blocks[r] as Float64Array | Int32Array;
    const rows = faults === 0 ? block : block.filter((_, i) => faultOf[i] === -1);
    (column.blocks as (Float64Array | Int32Array)[]).push(rows);
  }
  builder.sourceRows.push(kept.map((i) => rowsBefore + i + 1));
}
