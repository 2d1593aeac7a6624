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

/** Ingestion puts this column into its Parquet files. */
const SOURCE_ROW = "__source_row";

/** Reads the test part that ingestion dealt. Errors: those of readParquet. */
export async function readTestRows({
  artifact,
  folder,
}: ArtifactHandle<IngestionArtifact>): Promise<TestRows> {
  const { readParquet } = await import("@gillnet/table");
  const { features, missingMarkers } = artifact.schema;
  const columns = [
    ...features.map(({ name, kind }) => ({ name, kind })),
    { name: SOURCE_ROW, kind: "numeric" } as const,
  ];
  const path = join(folder, artifact.files.test);
  const { table } = await readParquet(path, { layout: { columns, missingMarkers } });
  const sourceRows = findColumn(table, SOURCE_ROW);
  return {
    table: {
      columns: features.map(({ name }) => findColumn(table, name) as Column),
      rowCount: table.rowCount,
    },
    sourceRows: sourceRows?.kind === "numeric" ? sourceRows.values : new Float64Array(0),
  };
}
