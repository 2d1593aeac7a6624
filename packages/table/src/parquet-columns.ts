import type { DuckDBListValue, DuckDBType, DuckDBVector } from "@duckdb/node-api";
import { PipelineError } from "@gillnet/entity";
import { MISSING } from "./category-index.ts";
import { sqlName, type DuckDbSession } from "./duckdb.ts";
import type { MissingMarkers } from "./missing-markers.ts";
import { NOT_A_NUMBER, numberFromText } from "./numeric-cells.ts";
import type { ColumnBuilder } from "./table-builder.ts";

/** A text column with at most so many distinct texts comes out of DuckDB as codes, in a third of the time. */
const MAX_DICTIONARY = 1000;

/** DuckDB's names of types that a double holds. */
const FLOATS = ["FLOAT", "DOUBLE"];
const NUMBERS = new Set(
  FLOATS.concat(
    ["BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT"],
    ["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"],
  ),
);
const DECIMAL = /^DECIMAL\(\d+,\s*\d+\)$/;
/** Other types whose text can be a category. */
const NAMES = new Set(
  ["DATE", "TIME", "TIME WITH TIME ZONE", "UUID", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"].concat([
    "TIMESTAMP_S",
    "TIMESTAMP_MS",
    "TIMESTAMP_NS",
  ]),
);

/** A column of a Parquet file that is to be read into `builder`. */
export interface ParquetColumn {
  /** Its name in queries, which is not its own where DuckDB cannot tell names apart. */
  readonly sqlName: string;
  readonly type: DuckDBType;
  readonly builder: ColumnBuilder;
}

/** How one column is asked for, and how its vectors become values (or codes) of the table. */
export interface ColumnReader {
  readonly builder: ColumnBuilder;
  /** The expression to select. */
  readonly sql: string;
  /** The cell as a value: a number, NaN when missing, NOT_A_NUMBER; or a category's code, MISSING. */
  readonly cell: (vector: DuckDBVector, row: number) => number;
  /** The cell's text, for a rejected row. */
  readonly text: (vector: DuckDBVector, row: number) => string;
}

/** Makes the readers of columns of the Parquet file that is queried as `source`. Throws TABLE_COLUMN_TYPE. */
export async function columnReaders(
  session: DuckDbSession,
  source: string,
  columns: readonly ParquetColumn[],
  markers: MissingMarkers,
): Promise<ColumnReader[]> {
  const expressions = columns.map(expressionOf);
  const texts = expressions.filter((_, i) => !isNumbers(columns[i] as ParquetColumn));
  const dictionaries = await dictionariesOf(session, source, texts);
  return columns.map((column, i) => {
    const sql = expressions[i] as string;
    if (isNumbers(column)) return numberReader(column, sql, markers);
    return textReader(column, sql, dictionaries.get(sql), markers);
  });
}

function isNumbers({ builder, type }: ParquetColumn): boolean {
  return builder.kind === "numeric" && NUMBERS.has(type.toString());
}

/** The column as an expression of numbers where it is to be numeric and is, else of texts. */
function expressionOf(column: ParquetColumn): string {
  const { name: own, kind } = column.builder;
  const name = sqlName(column.sqlName);
  const text = `CAST(${name} AS VARCHAR)`;
  const type = column.type.toString();
  if (isNumbers(column)) return name;
  // Decimals always by way of their text, which is rounded once; DuckDB's own cast rounds large ones twice.
  if (type === "VARCHAR" || DECIMAL.test(type)) return text;
  if (kind === "categorical" && (NUMBERS.has(type) || NAMES.has(type))) {
    return FLOATS.includes(type) ? `CASE WHEN isnan(${name}) THEN NULL ELSE ${text} END` : text;
  }
  throw new PipelineError(
    "TABLE_COLUMN_TYPE",
    `Column '${own}' holds ${type}, which cannot be read as ${kind}`,
    {
      hint: "Leave it out of the schema, or write it as numbers or text",
      details: { column: own, type },
    },
  );
}

function numberReader(
  { builder }: ParquetColumn,
  sql: string,
  markers: MissingMarkers,
): ColumnReader {
  return {
    builder,
    // Here and not by the vector's own nulls, which cost 80 ns a cell to ask for.
    sql: `coalesce(CAST(${sql} AS DOUBLE), 'nan'::DOUBLE)`,
    cell: (vector, row) => {
      const value = vector.getItem(row) as number;
      if (value === Infinity || value === -Infinity) return NOT_A_NUMBER;
      // Plus zero: no negative zeros.
      return markers.hasNumber(value) ? NaN : value + 0;
    },
    text: (vector, row) => String(vector.getItem(row)),
  };
}

function textReader(
  { builder }: ParquetColumn,
  sql: string,
  dictionary: Dictionary | undefined,
  markers: MissingMarkers,
): ColumnReader {
  const missing = builder.kind === "numeric" ? NaN : MISSING;
  const valueOf =
    builder.kind === "numeric"
      ? (text: string) => numberFromText(text, markers)
      : (text: string) => builder.index.codeOfText(text);
  if (dictionary === undefined) {
    return {
      builder,
      sql,
      cell: (vector, row) => {
        const text = vector.getItem(row) as string | null;
        return text === null ? missing : valueOf(text);
      },
      text: (vector, row) => vector.getItem(row) as string,
    };
  }
  const { type, texts } = dictionary;
  const values = texts.map(valueOf);
  return {
    builder,
    sql: `coalesce(CAST(enum_code(CAST(${sql} AS ${type})) AS INTEGER), -1)`,
    cell: (vector, row) => {
      const code = vector.getItem(row) as number;
      return code < 0 ? missing : (values[code] as number);
    },
    text: (vector, row) => texts[vector.getItem(row) as number] as string,
  };
}

/** The distinct texts of an expression, as an enumeration type made in DuckDB. */
interface Dictionary {
  readonly type: string;
  readonly texts: readonly string[];
}

/** Dictionaries of those of the text expressions that have few distinct texts. */
async function dictionariesOf(
  { connection }: DuckDbSession,
  source: string,
  expressions: readonly string[],
): Promise<Map<string, Dictionary>> {
  const dictionaries = new Map<string, Dictionary>();
  if (expressions.length === 0) return dictionaries;
  const counts = expressions.map((sql) => `approx_count_distinct(${sql})`);
  const counted = await connection.runAndReadAll(`SELECT ${counts.join(", ")} FROM ${source}`);
  for (const [i, sql] of expressions.entries()) {
    const count = Number(counted.getRows()[0]?.[i]);
    if (count === 0 || count > MAX_DICTIONARY) continue;
    const type = `dictionary_${i}`;
    await connection.run(
      `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT ${sql} AS cell FROM ${source} WHERE cell IS NOT NULL)`,
    );
    const range = await connection.runAndReadAll(`SELECT enum_range(NULL::${type})`);
    const list = range.getRows()[0]?.[0] as DuckDBListValue;
    dictionaries.set(sql, { type, texts: list.items as string[] });
  }
  return dictionaries;
}
