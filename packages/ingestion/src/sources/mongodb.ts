import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";

import { countOf, listOf, PipelineError } from "@gillnet/entity";
import type { DatasetSchema } from "@gillnet/entity";
import { readRows } from "@gillnet/table";
import type { ReadOptions, ReadTable, TableLayout } from "@gillnet/table";

import { nameOf, targetOf } from "../mongodb/mongodb-target.ts";
import { filterOf, hashDocuments, readDocuments, rowsOf } from "../mongodb/read-documents.ts";
import { withCollection } from "../mongodb/with-collection.ts";
import type { OpenCollection } from "../mongodb/with-collection.ts";
import type { MongodbParams } from "../params.ts";
import { layoutOf } from "../schema-layout.ts";
import type { MongodbContent, ResolvedSource, SourceEnvironment } from "./source.ts";

/**
 * The documents of a collection. Reads the schema's columns of all of them once, for their hash: nothing
 * that a server says of changes or times is trusted.
 *
 * @throws PipelineError INGESTION_SOURCE_PARAMS without a URL; INGESTION_MONGODB_URL, _UNREACHABLE, _DENIED,
 *   _REFUSED; INGESTION_MONGODB_NOT_FOUND when there is no such collection, INGESTION_MONGODB_EMPTY when no
 *   document is selected. The signal's reason when it is aborted.
 */
export async function resolveMongodb(
  params: MongodbParams,
  schema: DatasetSchema,
  environment: Pick<SourceEnvironment, "mongoUrl" | "signal">,
): Promise<ResolvedSource> {
  const target = targetOf(params, environment.mongoUrl);
  const { query } = params;
  const columns = columnsOf(layoutOf(schema));
  const { signal } = environment;
  const { hash, count } = await withCollection(target, signal, async (open) => {
    const found = await hashDocuments(readDocuments(open, { query, columns }, signal));
    if (found.count === 0) await explainNothing(open, params);
    return found;
  });
  return {
    description: { kind: "mongodb", name: nameOf(target), synthetic: false },
    content: { format: "mongodb", target, query, hash, documents: count },
    inputHash: hash,
    notes: [],
  };
}

/**
 * Reads the documents into a table, in ascending order of their `_id`; a row's place in it is its source
 * row. Numbers of all BSON types, booleans and text are cells by the rules of `readCsv` and `readParquet`;
 * null and absent fields are missing.
 *
 * @throws PipelineError INGESTION_SOURCE_CHANGED when the documents are not those that were resolved;
 *   INGESTION_MONGODB_URL, _UNREACHABLE, _DENIED, _REFUSED; TABLE_COLUMN_MISSING when no document has one of
 *   the columns; TABLE_FILE_UNWRITABLE. The signal's reason when it is aborted.
 */
export async function readMongodb(
  content: MongodbContent,
  options: ReadOptions,
): Promise<ReadTable> {
  const { target, query } = content;
  const { layout, signal = new AbortController().signal } = options;
  const columns = columnsOf(layout);
  return withCollection(target, signal, async (open) => {
    // Only one of them can be asked at little cost for what else it has.
    const first = await open.collection.findOne(filterOf(query, open.bson), {
      sort: { _id: 1 },
      signal,
    });
    const hash = createHash("sha256");
    const batches = hashing(readDocuments(open, { query, columns }, signal), hash);
    const read = await readRows(rowsOf(batches, columns, open.bson), {
      ...options,
      source: nameOf(target),
      names: Object.keys(first ?? {}).filter((name) => name !== "_id"),
    });
    if (hash.digest("hex") !== content.hash) throw changed(content, read);
    return read;
  });
}

function columnsOf({ columns }: TableLayout): readonly string[] {
  return columns.map(({ name }) => name);
}

/** Feeds the documents to the hash on their way. */
async function* hashing(
  batches: AsyncIterable<readonly Uint8Array[]>,
  hash: Hash,
): AsyncGenerator<readonly Uint8Array[]> {
  for await (const batch of batches) {
    for (const document of batch) hash.update(document);
    yield batch;
  }
}

/** Says why there is nothing to read: names what is there instead. */
async function explainNothing(
  { client, collection }: OpenCollection,
  params: MongodbParams,
): Promise<never> {
  const { database, query } = params;
  const name = nameOf(params);
  const collections = await client
    .db(database)
    .listCollections({}, { nameOnly: true, authorizedCollections: true })
    .toArray();
  const there = collections.map((found) => found.name).sort();
  if (!there.includes(params.collection)) {
    throw new PipelineError(
      "INGESTION_MONGODB_NOT_FOUND",
      there.length === 0
        ? `There is no collection ${name}: the database '${database}' has none`
        : `There is no collection ${name}; the database has ${listOf(there, 20)}`,
      {
        hint: "Set source.mongodb.database and source.mongodb.collection, or put a table there: pnpm pipeline push-data FILE",
        details: { database, collection: params.collection, collections: there },
      },
    );
  }
  const all = await collection.estimatedDocumentCount();
  throw new PipelineError(
    "INGESTION_MONGODB_EMPTY",
    all === 0
      ? `The collection ${name} is empty`
      : `None of the ${countOf(all, "document")} of ${name} fits source.mongodb.query ${JSON.stringify(query)}`,
    {
      hint:
        all === 0
          ? "Put a table there: pnpm pipeline push-data FILE"
          : "Correct source.mongodb.query, or leave it out to read them all",
      details: { database, collection: params.collection, documents: all },
    },
  );
}

function changed({ target, documents }: MongodbContent, read: ReadTable): PipelineError {
  const now = read.table.rowCount + read.rejectedRows;
  return new PipelineError(
    "INGESTION_SOURCE_CHANGED",
    `The documents of ${nameOf(target)} changed while the run read them: there were ${documents.toLocaleString("en-US")}, now there are ${now === documents ? "as many, and some differ" : now.toLocaleString("en-US")}`,
    { hint: "Run again when nothing writes to the collection", details: { documents, now } },
  );
}
