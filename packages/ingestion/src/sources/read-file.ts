import type { Column, Table } from "@gillnet/entity";
import { readCsv, readParquet } from "@gillnet/table";
import type { ReadOptions, ReadTable } from "@gillnet/table";

import { contentFingerprint } from "../fingerprint.ts";
import type { FileContent } from "./source.ts";

/**
 * Reads a file's columns of the layout, under the layout's names whatever the file calls them.
 *
 * @throws PipelineError TABLE_... when the file cannot be read or columns are missing.
 */
export async function readFile(content: FileContent, options: ReadOptions): Promise<ReadTable> {
  const { layout } = options;
  const renamed = await renamedColumns(content, options);
  const columns = layout.columns.map((column) => ({
    ...column,
    name: renamed.get(column.name) ?? column.name,
  }));
  const read = await readerOf(content)(content.path, {
    ...options,
    layout: { ...layout, columns },
    matchCase: content.matchCase,
  });
  const table = renameColumns(
    read.table,
    layout.columns.map(({ name }) => name),
  );
  const unknownColumns = read.unknownColumns.map((name) => content.rename[name] ?? name);
  return { ...read, table, unknownColumns };
}

/**
 * The content fingerprint of a file over all of its columns, renamed: what `source.uci` declares. It looks
 * at no schema, so that editing the schema never puts the file in doubt.
 *
 * @throws PipelineError TABLE_... when the file cannot be read.
 */
export async function fingerprintFile(content: FileContent, signal: AbortSignal): Promise<string> {
  const names = await columnNames(content, { signal });
  const columns = names.map((name) => ({ name, kind: "categorical" as const }));
  const { table } = await readerOf(content)(content.path, {
    layout: { columns, missingMarkers: [] },
    signal,
  });
  return contentFingerprint(
    renameColumns(
      table,
      names.map((name) => content.rename[name] ?? name),
    ),
  );
}

/** The same table with other column names, in the order of its columns. */
function renameColumns(table: Table, names: readonly string[]): Table {
  const withName = (column: Column, name: string): Column => ({ ...column, name });
  return {
    ...table,
    columns: table.columns.map((column, index) => withName(column, names[index] ?? column.name)),
  };
}

function readerOf(content: FileContent): typeof readCsv {
  return content.format === "csv" ? readCsv : readParquet;
}

/** The file's name for each of the schema's that a rename leads to. */
async function renamedColumns(
  content: FileContent,
  options: Pick<ReadOptions, "signal">,
): Promise<ReadonlyMap<string, string>> {
  const renames = Object.entries(content.rename);
  if (renames.length === 0) return new Map();
  const names = new Set(await columnNames(content, options));
  return new Map(
    renames.filter(([name]) => names.has(name)).map(([name, schemaName]) => [schemaName, name]),
  );
}

/** All column names of the file: a layout without columns knows none of them. */
async function columnNames(
  content: FileContent,
  { signal }: Pick<ReadOptions, "signal">,
): Promise<readonly string[]> {
  const { unknownColumns } = await readerOf(content)(content.path, {
    layout: { columns: [], missingMarkers: [] },
    ...(signal && { signal }),
  });
  return unknownColumns;
}
