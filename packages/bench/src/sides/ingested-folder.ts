import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ArtifactHandle, DatasetSchema, IngestionArtifact, Table } from "@gillnet/entity";
import { GROUP_COLUMN, SOURCE_ROW_COLUMN, writeParquet } from "@gillnet/table";
import type { LabelledTable } from "../data/real-table.ts";

export interface IngestedParts {
  readonly train: LabelledTable;
  readonly test: LabelledTable;
}

/**
 * Writes what ingestion would: the two parts as Parquet.
 *
 * @param by how the trainer is to deal its folds: at random, or equal rows together
 */
export async function writeIngested(
  folder: string,
  { train, test }: IngestedParts,
  by: "random" | "vector",
): Promise<ArtifactHandle<IngestionArtifact>> {
  mkdirSync(folder, { recursive: true });
  const schema = schemaOf(train.cols);
  const groups = new Map<string, number>();
  const write = (file: string, part: LabelledTable): Promise<void> => {
    const groupOf = by === "random" ? Array.from(part.y.keys()) : groupsOf(part, groups);
    return writeParquet(join(folder, file), ingestedTable(schema, part, groupOf));
  };
  await write("train.parquet", train);
  await write("test.parquet", test);
  const [trainRows, testRows] = [train.y.length, test.y.length];
  const rows = trainRows + testRows;
  const artifact: IngestionArtifact = {
    stage: "ingestion",
    source: { kind: "csv", name: "benchmark", synthetic: false },
    schema,
    rows,
    rejectedRows: 0,
    distinctVectors: 0,
    duplicateRows: 0,
    conflictingRows: 0,
    fingerprint: "",
    split: {
      by,
      testShare: testRows / rows,
      trainRows,
      testRows,
      trainGroups: trainRows,
      testGroups: testRows,
      leakedTestRows: 0,
    },
    files: {
      featureStore: "",
      trainCsv: null,
      testCsv: null,
      train: "train.parquet",
      test: "test.parquet",
      rejected: null,
    },
    notes: [],
  };
  return { artifact, folder };
}

function schemaOf(cols: number): DatasetSchema {
  return {
    features: Array.from({ length: cols }, (_, column) => ({
      kind: "numeric",
      name: `column ${column + 1}`,
    })),
    label: {
      column: "label",
      positive: { name: "positive", values: ["1"] },
      negative: { name: "negative", values: ["0"] },
    },
    ignored: [],
    missingMarkers: [],
  };
}

/** One number for equal rows, also of both parts. */
function groupsOf({ x, y, cols }: LabelledTable, groups: Map<string, number>): Float64Array {
  return Float64Array.from(y, (_, row) => {
    const key = x.subarray(row * cols, (row + 1) * cols).join();
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
}

function ingestedTable(
  schema: DatasetSchema,
  { x, y, cols }: LabelledTable,
  groups: ArrayLike<number>,
): Table {
  return {
    columns: [
      ...schema.features.map(({ name }, column) => ({
        kind: "numeric" as const,
        name,
        values: Float64Array.from(y, (_, row) => x[row * cols + column] as number),
      })),
      {
        kind: "categorical",
        name: schema.label.column,
        codes: Int32Array.from(y),
        categories: ["0", "1"],
      },
      {
        kind: "numeric",
        name: SOURCE_ROW_COLUMN,
        values: Float64Array.from(y, (_, row) => row + 1),
      },
      { kind: "numeric", name: GROUP_COLUMN, values: Float64Array.from(groups) },
    ],
    rowCount: y.length,
  };
}
