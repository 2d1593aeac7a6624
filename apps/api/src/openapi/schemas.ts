import type { Bundle } from "@gillnet/model-bundle";
import { apiErrors } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import { MAX_SETTING_LENGTH, MAX_SETTINGS, SETTING_PATTERN } from "../training/training-request.ts";
import {
  array,
  flag,
  number,
  object,
  oneOf,
  orNull,
  ref,
  sha256,
  text,
  time,
} from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";
import { manifestSchema } from "./manifest-schema.ts";
import { rowSchema } from "./row-schema.ts";

const version: JsonSchema = { type: "integer", minimum: 1 };
const classes = object({ negative: ref("Class"), positive: ref("Class") });
const warning: JsonSchema = {
  ...text,
  description: "There when the model was trained on made-up rows.",
};

/** The description's components: every shape that has a name, for this model (null: none is published). */
export function componentSchemas(
  bundle: Bundle | null,
  limits: ApiLimits,
): Readonly<Record<string, JsonSchema>> {
  return {
    Row: rowSchema(bundle),
    PredictionRequest: {
      ...object(
        { rows: { ...array(ref("Row")), maxItems: limits.jsonRows } },
        {
          strict: {
            ...flag,
            default: false,
            description: "Refuse the request when any row has a problem, a missing cell too.",
          },
          explain: { const: false, description: "This server gives no explanations." },
        },
      ),
      additionalProperties: false,
    },
    Predictions: object({ model: ref("ModelName"), predictions: array(ref("Prediction")) }),
    UploadPredictions: object({
      model: ref("ModelName"),
      summary: { ...text, description: "The result in a sentence." },
      predictions: array(ref("Prediction")),
    }),
    Prediction: predictionSchema(bundle),
    Problem: problem,
    ModelName: object({ name: text, version }),
    Model: object(
      {
        name: text,
        version,
        bundleHash: { ...sha256, description: "SHA-256 of model.bundle." },
        threshold: {
          ...number,
          description: "The positive class is predicted from this probability on.",
        },
        classes,
        features: array(ref("Feature")),
        missingMarkers: array(text),
        limits: {
          ...object({ uploadBytes: version, csvRows: version }),
          description: "The largest CSV upload, in bytes and in rows.",
        },
        manifest: ref("Manifest"),
      },
      { warning },
    ),
    Class: object({ name: text, label: { type: ["string", "number"] } }),
    Feature: feature,
    Manifest: manifestSchema,
    Estimate: {
      description: "A figure and its 95 % interval.",
      ...object({ value: number, low: number, high: number }),
    },
    Live: object({ status: { const: "live" } }),
    Ready: object(
      { status: { const: "ready" }, model: ref("ModelName") },
      {
        warning,
        problem: {
          description: "Why a newer version is not served.",
          ...object({ code: text, message: text }),
        },
      },
    ),
    TrainingRequest: trainingRequest,
    Training: training,
    Error: error,
  };
}

function predictionSchema(bundle: Bundle | null): JsonSchema {
  const named = bundle === null ? null : [bundle.classes.positive, bundle.classes.negative];
  return object(
    {
      label: {
        description: "The label's own value; null when there is no prediction.",
        ...(named === null
          ? { type: ["string", "number", "null"] }
          : oneOf(...named.map(({ label }) => label), null)),
      },
      probability: {
        type: ["number", "null"],
        minimum: 0,
        maximum: 1,
        description: "Of the positive class.",
      },
      verdict: {
        description: "The predicted class's name.",
        ...(named === null ? orNull(text) : oneOf(...named.map(({ name }) => name), null)),
      },
    },
    {
      id: { type: ["string", "number"], description: "The row's own id." },
      error: {
        description: "Why there is no prediction.",
        ...object({
          code: text,
          message: text,
          row: { type: "integer", minimum: 1, description: "1 for the first row." },
          column: text,
        }),
      },
      problems: array(ref("Problem")),
    },
  );
}

const problem = object({
  code: oneOf(
    "MISSING",
    "UNKNOWN_CATEGORY",
    "NOT_A_NUMBER",
    "VALUE_NOT_ALLOWED",
    "OUT_OF_RANGE",
    "CELL_COUNT",
  ),
  column: { ...text, description: "Empty when the whole row is meant." },
  message: text,
  fatal: {
    ...flag,
    description: "True: the row has no prediction. Else the cell counts as missing.",
  },
});

const feature: JsonSchema = {
  oneOf: [
    object(
      { kind: { const: "numeric" }, name: text },
      { values: array(number), minimum: number, maximum: number },
    ),
    object(
      { kind: { const: "categorical" }, name: text, categories: array(text) },
      { values: array(text) },
    ),
  ],
};

const trainingRequest: JsonSchema = {
  ...object(
    {},
    {
      set: {
        ...array({ type: "string", pattern: SETTING_PATTERN, maxLength: MAX_SETTING_LENGTH }),
        maxItems: MAX_SETTINGS,
        description: "Settings for this run, as pnpm pipeline run --set takes them.",
      },
      force: { ...flag, default: false, description: "Run the stages though nothing changed." },
    },
  ),
  additionalProperties: false,
};

const training: JsonSchema = {
  description: "A run of the pipeline that this server started.",
  ...object({
    id: { type: "string", format: "uuid" },
    state: oneOf("running", "succeeded", "failed", "interrupted"),
    started: time,
    ended: orNull(time),
    set: array(text),
    force: flag,
    run: { ...orNull(text), description: "The pipeline's name of the run." },
    version: {
      ...orNull(version),
      description: "The published version that holds the run's model.",
    },
    exitCode: { type: ["integer", "null"] },
    error: orNull(
      object({
        code: { ...text, description: "One of docs/errors.md, of any part of the pipeline." },
        message: text,
        hint: orNull(text),
      }),
    ),
    events: { ...text, description: "Where the run's events are." },
  }),
};

const error: JsonSchema = {
  description: "What every error looks like.",
  ...object({
    error: object({
      code: { enum: Object.keys(apiErrors), description: "Stable: programs may rely on it." },
      message: { ...text, description: "What is wrong, with the value and the bound." },
      hint: { ...text, description: "What to do now." },
      details: {
        type: "object",
        description: "For programs: row and column where there is one, and others.",
        additionalProperties: true,
      },
    }),
  }),
};
