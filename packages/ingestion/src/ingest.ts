import { rmdir } from "node:fs/promises";
import { dirname } from "node:path";

import { countOf, SeededRandom } from "@gillnet/entity";
import type { DatasetSchema, IngestionArtifact, StageContext } from "@gillnet/entity";

import { acceptRows } from "./accept-rows.ts";
import { appendRejected } from "./append-rejected.ts";
import { numberDistinctRows } from "./distinct-rows.ts";
import { contentFingerprint } from "./fingerprint.ts";
import { writeNotes } from "./notes.ts";
import type { IngestionParams } from "./params.ts";
import { measureRepetition } from "./repetition.ts";
import { layoutOf } from "./schema-layout.ts";
import { readSource } from "./sources/read-source.ts";
import type { ResolvedSource } from "./sources/source.ts";
import { dealRows } from "./split/deal-rows.ts";
import { writeFiles } from "./write-files.ts";

const REJECTED_FILE = "rejected/rows.csv";

/**
 * Reads a source, sets aside the rows that cannot be used, and deals the others to train and test so that
 * equal feature vectors (or rows of one declared group) stay on one side.
 *
 * Which rows land where depends on the rows, the params and the seed alone, not on the rows' order in the
 * source; tables keep that order. Files, under `context.output`: `feature_store/table.parquet` (and `.csv`
 * up to a million rows), `ingested/train.parquet` and `ingested/test.parquet` (and `.csv`, likewise),
 * `rejected/rows.csv` when rows were rejected. The Parquet files of `ingested` carry two more columns,
 * `__source_row` (1 is the first data row of the source) and `__group` (rows that share it belong together).
 *
 * @example
 * const source = await resolveSource(config.source, schema, environment);
 * const artifact = await ingest({ source, schema }, config.ingestion, context);
 *
 * @throws PipelineError INGESTION_EMPTY, INGESTION_LABEL_UNKNOWN, INGESTION_NO_GROUP_COLUMN,
 *   INGESTION_ONE_CLASS, INGESTION_RESERVED_COLUMN, INGESTION_SYNTHETIC_SCHEMA, INGESTION_TOO_FEW_GROUPS,
 *   INGESTION_TOO_MANY_REJECTED; INGESTION_SOURCE_CHANGED and INGESTION_MONGODB_...; TABLE_... from reading. The signal's reason when it is aborted.
 */
export async function ingest(
  inputs: { readonly source: ResolvedSource; readonly schema: DatasetSchema },
  params: IngestionParams,
  context: StageContext,
): Promise<IngestionArtifact> {
  const { source, schema } = inputs;
  const { signal } = context;
  const step = (fraction: number, message: string): void => {
    signal.throwIfAborted();
    context.progress({ fraction, message });
  };

  step(0, `reading ${source.description.name}`);
  const rejectedPath = context.output.path(REJECTED_FILE);
  const read = await readSource(source, { layout: layoutOf(schema), rejectedPath, signal });

  step(0.4, `checking the labels of ${countOf(read.table.rowCount, "row")}`);
  const { table, sourceRows, classes, weights, rejected } = acceptRows(
    read,
    schema,
    params.rejected,
  );
  const rejectedRows = read.rejectedRows + rejected.length;
  if (rejectedRows === 0) await rmdir(dirname(rejectedPath));
  else await appendRejected(rejectedPath, rejected);

  step(0.5, "looking for repeated rows");
  // The layout has the features first.
  const features = table.columns.slice(0, schema.features.length);
  const vectors = numberDistinctRows(features, table.rowCount);
  const otherColumns = table.columns.slice(schema.features.length);
  const wholeRows = numberDistinctRows(otherColumns, table.rowCount, vectors);
  const repetition = measureRepetition(vectors, classes);
  const fingerprint = contentFingerprint(table, wholeRows);

  step(0.6, "dealing rows to train and test");
  const dealt = dealRows(
    { table, classes, weights, vectors, wholeRows },
    schema,
    params.split,
    new SeededRandom(context.seed).fork("ingestion"),
  );

  step(0.7, "writing the tables");
  const files = await writeFiles(table, sourceRows, dealt, context);
  return {
    stage: "ingestion",
    source: source.description,
    schema,
    rows: table.rowCount,
    rejectedRows,
    distinctVectors: repetition.distinctVectors,
    duplicateRows: repetition.duplicateRows,
    conflictingRows: repetition.conflictingRows,
    fingerprint,
    split: dealt.description,
    files: { ...files, rejected: rejectedRows === 0 ? null : REJECTED_FILE },
    notes: writeNotes({
      source,
      unknownColumns: read.unknownColumns,
      ignored: schema.ignored,
      rows: table.rowCount,
      split: dealt.description,
    }),
  };
}
