import type { DatasetSchema } from "@gillnet/entity";
import type { IngestionParams, SourceParams } from "@gillnet/ingestion/params";
import { ingestionParamsSchema, sourceParamsSchema } from "@gillnet/ingestion/params";
import type { TrackingParams } from "@gillnet/tracking/params";
import { trackingParamsSchema } from "@gillnet/tracking/params";
import type { TrainerParams } from "@gillnet/trainer/params";
import { trainerParamsSchema } from "@gillnet/trainer/params";
import type { TransformationParams } from "@gillnet/transformation/params";
import { transformationParamsSchema } from "@gillnet/transformation/params";
import type { ValidationParams } from "@gillnet/validation/params";
import { validationParamsSchema } from "@gillnet/validation/params";
import type { JsonSchema } from "./json-schema.ts";

/** What a model must reach to be published; null switches a gate off. */
export interface GateParams {
  /** Lowest F1 of the positive class on the test part. */
  readonly expected_score: number | null;
  /** Highest F1 on the training part minus F1 on the test part. */
  readonly overfitting_threshold: number | null;
}

/** All of pipeline.yaml, checked, with every default filled in. */
export interface PipelineConfig {
  readonly name: string;
  readonly seed: number;
  readonly source: SourceParams;
  readonly schema: DatasetSchema;
  readonly ingestion: IngestionParams;
  readonly validation: ValidationParams;
  readonly transformation: TransformationParams;
  readonly trainer: TrainerParams;
  readonly gates: GateParams;
  readonly tracking: TrackingParams;
}

const gateParamsSchema: JsonSchema = {
  type: "object",
  description: "What a model must reach to be published",
  additionalProperties: false,
  default: {},
  properties: {
    expected_score: {
      type: ["number", "null"],
      minimum: 0,
      maximum: 1,
      default: 0.6,
      description: "Lowest F1 of the positive class on the test part; null switches the gate off",
    },
    overfitting_threshold: {
      type: ["number", "null"],
      minimum: 0,
      maximum: 1,
      default: 0.05,
      description:
        "Highest F1 on the training part minus F1 on the test part; null switches the gate off",
    },
  },
};

/** JSON Schema of pipeline.yaml. `schema` is any value here: `readDatasetSchema` reads it in its several forms. */
export const pipelineConfigSchema: JsonSchema = {
  type: "object",
  description: "What the pipeline does",
  additionalProperties: false,
  required: ["name", "schema"],
  properties: {
    name: {
      type: "string",
      pattern: "^[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,62}$",
      $comment:
        "up to 63 letters, digits, spaces, dots, hyphens and underscores that begin with a letter or digit",
      description: "What the pipeline and its model are called",
    },
    seed: {
      type: "integer",
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 42,
      description:
        "All randomness comes from it: the same data, params and seed give the same model",
    },
    source: sourceParamsSchema,
    schema: {
      $comment: "the path of a schema file, or a map with columns and label",
      description:
        "The dataset schema: in place, or the path of a file, or file with keys beside it",
    },
    ingestion: ingestionParamsSchema,
    validation: validationParamsSchema,
    transformation: transformationParamsSchema,
    trainer: trainerParamsSchema,
    gates: gateParamsSchema,
    tracking: trackingParamsSchema,
  },
};
