import {
  array,
  count,
  flag,
  map,
  number,
  object,
  oneOf,
  orNull,
  ref,
  scalar,
  sha256,
  text,
  time,
} from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

const estimate = ref("Estimate");

/** The manifest of a published version, as `parseManifest` of model-bundle reads it. */
export const manifestSchema: JsonSchema = {
  description: "Where the live version comes from. Nothing in it changes a prediction.",
  ...object({
    format: { const: 1 },
    name: text,
    version: { type: "integer", minimum: 1 },
    publishedAt: time,
    bundle: object({ file: text, sha256, bytes: count }),
    source: object({
      kind: oneOf("csv", "parquet", "mongodb", "uci", "synthetic"),
      name: text,
      synthetic: { ...flag, description: "True when the training rows were made up." },
    }),
    data: object({
      fingerprint: sha256,
      rows: count,
      distinctVectors: count,
      duplicateRows: count,
      conflictingRows: count,
    }),
    split: object({
      by: oneOf("vector", "group", "random"),
      testShare: number,
      trainRows: count,
      testRows: count,
      trainGroups: count,
      testGroups: count,
      leakedTestRows: count,
    }),
    model: object({ family: text, params: map(scalar) }),
    metrics: object({
      test: object({
        accuracy: estimate,
        precision: estimate,
        recall: estimate,
        f1: estimate,
        falsePositiveRate: estimate,
        rocAuc: estimate,
        logLoss: estimate,
      }),
      protocol: { ...text, description: "On which rows that was measured." },
      negativeAsPositive: object({ precision: number, recall: number, f1: number }),
    }),
    gates: array(object({ name: text, passed: flag, value: scalar, bound: scalar })),
    run: text,
    seed: { type: "integer" },
    gitCommit: orNull(text),
    lockfileSha256: orNull(sha256),
    node: text,
    files: map(sha256),
    classes: object({ negative: ref("Class"), positive: ref("Class") }),
    features: array(text),
  }),
};
