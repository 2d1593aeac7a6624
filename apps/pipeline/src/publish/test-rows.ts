import { join } from "node:path";
import { findColumn } from "@gillnet/entity";
import type { ArtifactHandle, Column, IngestionArtifact, Table } from "@gillnet/entity";

/** The rows of the test part as the outside world would send them. */
export interface TestRows {
  /** The features only, in the schema's order. */
  readonly table: Table;
  /** Data row in the source (1 is the first), per row. */
  readonly sourceRows: Float64Array;
}

/** Reads the test part that ingestion dealt. Errors: those of readIngestedPart; the signal's reason when it is aborted. */
export async function readTestRows(
  { artifact, folder }: ArtifactHandle<IngestionArtifact>,
  signal: AbortSignal,
): Promise<TestRows> {
  const { readIngestedPart } = await import("@gillnet/table");
  const path = join(folder, artifact.files.test);
  const { table, sourceRows } = await readIngestedPart(path, artifact.schema, signal);
  const columns = artifact.schema.features.map(({ name }) => findColumn(table, name) as Column);
  return { table: { columns, rowCount: table.rowCount }, sourceRows };
}
