import type { IngestionArtifact } from "@gillnet/entity";

/** What ingestion says of 100 clean rows of two features, unless told otherwise. */
export function ingestionArtifact(changes: Partial<IngestionArtifact>): IngestionArtifact {
  return {
    stage: "ingestion",
    source: { kind: "csv", name: "rows.csv", synthetic: false },
    schema: {
      features: [{ kind: "numeric", name: "x" }],
      label: {
        column: "label",
        positive: { name: "spam", values: ["1"] },
        negative: { name: "ham", values: ["0"] },
      },
      ignored: [],
      missingMarkers: [],
    },
    rows: 100,
    rejectedRows: 0,
    distinctVectors: 100,
    duplicateRows: 0,
    conflictingRows: 0,
    fingerprint: "0".repeat(64),
    split: {
      by: "vector",
      testShare: 0.2,
      trainRows: 80,
      testRows: 20,
      trainGroups: 80,
      testGroups: 20,
      leakedTestRows: 0,
    },
    files: {
      featureStore: "feature_store/table.parquet",
      trainCsv: "ingested/train.csv",
      testCsv: "ingested/test.csv",
      train: "ingested/train.parquet",
      test: "ingested/test.parquet",
      rejected: null,
    },
    notes: [],
    ...changes,
  };
}
