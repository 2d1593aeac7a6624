import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import { PipelineError, type Column, type Table } from "@gillnet/entity";
import { sqlName, sqlText, withDuckDb, type DuckDbSession } from "./duckdb.ts";
import { openToWrite, unwritable } from "./open-file.ts";

/** Rows that DuckDB takes at a time. */
const CHUNK_ROWS = 2048;

/** Up to so many categories stand in the query as a list that codes index; more are handed over as texts. */
const MAX_LISTED_CATEGORIES = 256;

/**
 * Writes a table as Parquet: numeric columns as DOUBLE, categorical ones as VARCHAR, missing cells as NULL.
 * Equal tables give equal bytes (with one version of DuckDB). DuckDB pulls the rows out of the table's arrays
 * chunk by chunk, without a copy of the table; a file that could not be finished is removed.
 *
 * Throws TABLE_COLUMN_DUPLICATE when two names differ in case only, which DuckDB cannot keep apart, and
 * TABLE_FILE_UNWRITABLE.
 */
export async function writeParquet(path: string, table: Table): Promise<void> {
  checkNames(path, table);
  // First of all, so that a path that cannot be written is told in the same words as for a CSV file.
  await (await openToWrite(path)).close();
  try {
    // One thread: with more, where row groups begin would depend on the machine.
    await withDuckDb({ path, threads: 1 }, (session) => copyToParquet(session, path, table));
  } catch (error) {
    await rm(path, { force: true });
    throw (error as { code?: unknown }).code === "TABLE_ENGINE_UNAVAILABLE"
      ? error
      : unwritable(path, error);
  }
}

function checkNames(path: string, table: Table): void {
  const seen = new Map<string, string>();
  for (const { name } of table.columns) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) {
      throw new PipelineError(
        "TABLE_COLUMN_DUPLICATE",
        `Columns '${earlier}' and '${name}' cannot stand in one Parquet file: their names differ in case only`,
        { hint: "Rename one of them", details: { path, columns: [earlier, name] } },
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

async function copyToParquet(
  { api, connection }: DuckDbSession,
  path: string,
  table: Table,
): Promise<void> {
  const types = { numeric: api.DOUBLE, codes: api.INTEGER, texts: api.VARCHAR };
  const feeds = table.columns.map((column, index) => feedOf(column, `c${index}`, types));
  let start = 0;
  let failure: unknown;
  const source = api.DuckDBTableFunction.create({
    name: "gillnet_table",
    bindFunction: (bind) => {
      for (const [index, feed] of feeds.entries()) bind.addResultColumn(`c${index}`, feed.type);
      bind.setCardinality(table.rowCount, true);
    },
    initFunction: (init) => init.setMaxThreads(1),
    mainFunction: (call, chunk) => {
      // What is thrown here would not reach `run`.
      try {
        const count = Math.min(CHUNK_ROWS, table.rowCount - start);
        chunk.rowCount = count;
        if (count > 0) {
          for (const [index, feed] of feeds.entries()) feed.fill(chunk, index, start, count);
        }
        start += count;
      } catch (error) {
        failure = error;
        call.setError(String(error));
      }
    },
  });
  try {
    connection.registerTableFunction(source);
    const columns = table.columns.map(({ name }, i) => `${feeds[i]?.sql} AS ${sqlName(name)}`);
    await connection.run(
      `COPY (SELECT ${columns.join(", ")} FROM gillnet_table()) TO ${sqlText(resolve(path))} (FORMAT parquet, USE_TMP_FILE false)`,
    );
  } catch (error) {
    throw failure ?? error;
  } finally {
    source.destroySync();
  }
}

/** How one column's cells come to DuckDB: as what, and what the query makes of them. */
interface Feed {
  readonly type: DuckDBType;
  readonly sql: string;
  readonly fill: (chunk: DuckDBDataChunk, index: number, start: number, count: number) => void;
}

function feedOf(
  column: Column,
  name: string,
  types: Readonly<Record<"numeric" | "codes" | "texts", DuckDBType>>,
): Feed {
  if (column.kind === "numeric") {
    const { values } = column;
    return {
      type: types.numeric,
      // Here and not by the vectors' own nulls: those cost 80 ns a cell in JavaScript.
      sql: `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END`,
      fill: (chunk, index, start, count) => {
        const vector = chunk.getColumnVector(index);
        for (let i = 0; i < count; i++) vector.setItem(i, values[start + i] as number);
        vector.flush();
      },
    };
  }
  const { codes, categories } = column;
  if (categories.length <= MAX_LISTED_CATEGORIES) {
    return {
      type: types.codes,
      // Lists count from 1, and give NULL at 0.
      sql: `list_extract([${categories.map(sqlText).join(", ")}]::VARCHAR[], ${name} + 1)`,
      fill: (chunk, index, start, count) => {
        const vector = chunk.getColumnVector(index);
        for (let i = 0; i < count; i++) vector.setItem(i, codes[start + i] as number);
        vector.flush();
      },
    };
  }
  return {
    type: types.texts,
    sql: name,
    fill: (chunk, index, start, count) => {
      const vector = chunk.getColumnVector(index);
      for (let i = 0; i < count; i++) {
        const code = codes[start + i] as number;
        vector.setItem(i, code < 0 ? null : (categories[code] as string));
      }
      vector.flush();
    },
  };
}
