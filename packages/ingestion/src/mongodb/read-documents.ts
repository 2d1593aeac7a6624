import { createHash } from "node:crypto";

import type { CellValue, RowValues } from "@gillnet/table";
import type { BSON, Document } from "mongodb";

import { cellOfBson } from "./cell-of-bson.ts";
import type { OpenCollection } from "./with-collection.ts";

const BATCH_DOCUMENTS = 5000;

/** Which documents to read, and what of them. */
export interface DocumentSelection {
  /** A filter of MongoDB in extended JSON. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Names of top-level fields. */
  readonly columns: readonly string[];
}

/**
 * The bytes of the documents' columns and their `_id`, in ascending order of `_id`, batch by batch. Good
 * until the next batch is asked for.
 */
export async function* readDocuments(
  { collection, bson }: OpenCollection,
  { query, columns }: DocumentSelection,
  signal: AbortSignal,
): AsyncGenerator<readonly Uint8Array[]> {
  const cursor = collection.find(filterOf(query, bson), {
    raw: true,
    sort: { _id: 1 },
    batchSize: BATCH_DOCUMENTS,
    ...projectionOf(columns),
    signal,
  });
  try {
    while (await cursor.hasNext()) {
      yield cursor.readBufferedDocuments() as unknown as readonly Uint8Array[];
    }
  } finally {
    await cursor.close();
  }
}

/** A query in extended JSON as the driver takes it. */
export function filterOf(query: DocumentSelection["query"], bson: typeof BSON): Document {
  return bson.EJSON.deserialize(query) as Document;
}

/** SHA-256 over the documents as `readDocuments` gives them, and how many there are. */
export async function hashDocuments(
  batches: AsyncIterable<readonly Uint8Array[]>,
): Promise<{ readonly hash: string; readonly count: number }> {
  const hash = createHash("sha256");
  let count = 0;
  for await (const batch of batches) {
    for (const document of batch) hash.update(document);
    count += batch.length;
  }
  return { hash: hash.digest("hex"), count };
}

/** The documents as rows of the columns. */
export async function* rowsOf(
  batches: AsyncIterable<readonly Uint8Array[]>,
  columns: readonly string[],
  bson: typeof BSON,
): AsyncGenerator<readonly RowValues[]> {
  for await (const batch of batches) {
    yield batch.map((bytes) => rowOf(bytes, columns, bson));
  }
}

/** One document as a row. Text that is no UTF-8 is no cell. */
export function rowOf(bytes: Uint8Array, columns: readonly string[], bson: typeof BSON): RowValues {
  let document: Document;
  let cell: (value: unknown) => CellValue = cellOfBson;
  try {
    document = bson.deserialize(bytes);
  } catch {
    document = bson.deserialize(bytes, { validation: { utf8: false } });
    cell = (value) =>
      typeof value === "string" && value.includes("\uFFFD")
        ? { text: value, reason: "Not UTF-8" }
        : cellOfBson(value);
  }
  return {
    cells: columns.map((name) =>
      Object.hasOwn(document, name) ? cell(document[name]) : undefined,
    ),
    document: textOf(cellOfBson(document["_id"])),
  };
}

function textOf(cell: CellValue): string {
  return typeof cell === "object" && cell !== null ? cell.text : String(cell);
}

/** Only the columns; the whole documents when a name would mean a path or an operator to MongoDB. */
function projectionOf(columns: readonly string[]): { readonly projection?: Record<string, 1> } {
  const canProject = columns.every((name) => name !== "" && !/^\$|\./.test(name));
  if (!canProject) return {};
  return { projection: Object.fromEntries(["_id", ...columns].map((name) => [name, 1])) };
}
