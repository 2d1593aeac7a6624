import { countOf, listOf, PipelineError } from "@gillnet/entity";
import type { Table } from "@gillnet/entity";
import { readCsv } from "@gillnet/table";
import type { ReadTable, RejectedRow } from "@gillnet/table";
import type { Document } from "mongodb";

import { documentsOf, ROW_IDS, rowKeyOf, rowNumberOf } from "./csv-documents.ts";
import { nameOf } from "./mongodb-target.ts";
import type { MongodbTarget } from "./mongodb-target.ts";
import { withCollection } from "./with-collection.ts";
import type { OpenCollection } from "./with-collection.ts";

const BATCH_DOCUMENTS = 2000;

/** How to push. */
export interface PushOptions {
  /** Whether to drop the collection first, once the file is read and turned out to have rows. */
  readonly drop: boolean;
  readonly signal: AbortSignal;
  readonly progress: (step: { readonly fraction: number; readonly message: string }) => void;
}

/** What became of a file's rows. */
export interface PushSummary {
  /** "gillnet.rows" */
  readonly collection: string;
  /** Rows of the file that could be read: those added and those that were there. */
  readonly rows: number;
  readonly added: number;
  readonly present: number;
  /** Rows that could not be read, and were not pushed. */
  readonly rejectedRows: number;
  readonly rejectedExamples: readonly RejectedRow[];
}

/**
 * Puts the rows of a CSV file into a collection, one document a row, in the file's order. Plain numbers become
 * numbers, empty cells null, all else stays text; blanks around cells are dropped.
 *
 * Pushing again changes nothing: a row that the collection has from an earlier push, of this file or another,
 * is not added again; equal rows of one file are told apart by their number, so it ends up as often there
 * as in the file that has it most often. Added rows stand behind those that are there. Documents from elsewhere
 * are left alone. A push that is interrupted is finished by pushing again.
 *
 * @throws PipelineError INGESTION_MONGODB_FIELDS when column names cannot be names of fields; TABLE_... when the
 *   file cannot be read; INGESTION_MONGODB_URL, _UNREACHABLE, _DENIED, _REFUSED. The signal's reason when it is
 *   aborted.
 */
export async function pushCsv(
  path: string,
  target: MongodbTarget,
  options: PushOptions,
): Promise<PushSummary> {
  const { drop, signal, progress } = options;
  progress({ fraction: 0, message: "reading the file" });
  const read = await readAllColumns(path, signal);
  return withCollection(target, signal, async (open) => {
    if (drop && read.table.rowCount > 0) await open.collection.drop();
    progress({ fraction: 0, message: "looking for rows that are there already" });
    const there = await keysThere(open, signal);
    const added = await addMissing(read.table, { open, there, options });
    const { rowCount: rows } = read.table;
    const { rejectedRows, rejectedExamples } = read;
    const collection = nameOf(target);
    return { collection, rows, added, present: rows - added, rejectedRows, rejectedExamples };
  });
}

/** Every column as text, numbers in their one spelling. */
async function readAllColumns(path: string, signal: AbortSignal): Promise<ReadTable> {
  const nothing = { columns: [], missingMarkers: [] };
  const { unknownColumns } = await readCsv(path, { layout: nothing, signal });
  const names = unknownColumns.filter((name) => name !== "");
  const taken = names.filter((name) => name === "_id" || name.startsWith("$"));
  if (taken.length > 0) {
    throw new PipelineError(
      "INGESTION_MONGODB_FIELDS",
      `The file has ${taken.length === 1 ? "a column" : `${taken.length} columns`} that MongoDB has no field for: ${listOf(taken)}`,
      { hint: "Rename what is called _id or begins with $", details: { path, columns: taken } },
    );
  }
  const columns = names.map((name) => ({ name, kind: "categorical" as const }));
  return readCsv(path, { layout: { columns, missingMarkers: [] }, signal });
}

interface RowsThere {
  readonly keys: ReadonlySet<string>;
  /** The highest number of a row; 0 when there is none. */
  readonly last: number;
}

async function keysThere({ collection }: OpenCollection, signal: AbortSignal): Promise<RowsThere> {
  const keys = new Set<string>();
  let last = 0;
  const pushed = { _id: ROW_IDS } as Document;
  for await (const { _id } of collection.find(pushed, { projection: { _id: 1 }, signal })) {
    const id = _id as unknown as string;
    keys.add(rowKeyOf(id));
    last = Math.max(last, rowNumberOf(id));
  }
  return { keys, last };
}

/**
 * Inserts the rows that are not there and says how many they were. In order and one batch after the other, so
 * that a push that is stopped leaves the first of them and no gaps.
 */
async function addMissing(
  table: Table,
  world: {
    readonly open: OpenCollection;
    readonly there: RowsThere;
    readonly options: PushOptions;
  },
): Promise<number> {
  const { open, there, options } = world;
  let added = 0;
  let batch: Document[] = [];
  const insert = async (rowsDone: number): Promise<void> => {
    options.signal.throwIfAborted();
    if (batch.length > 0) await open.collection.insertMany(batch, { ordered: true });
    batch = [];
    options.progress({
      fraction: rowsDone / table.rowCount,
      message: `${rowsDone.toLocaleString("en-US")} of ${countOf(table.rowCount, "row")}`,
    });
  };
  let rowsDone = 0;
  for (const { key, withId } of documentsOf(table)) {
    rowsDone++;
    if (!there.keys.has(key)) batch.push(withId(there.last + ++added));
    if (batch.length === BATCH_DOCUMENTS) await insert(rowsDone);
  }
  if (rowsDone > 0) await insert(rowsDone);
  return added;
}
