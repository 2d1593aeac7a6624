import type { ApiErrorCode } from "../errors.ts";
import { ref, text } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";
import { answer, content } from "./operation.ts";
import type { Operations } from "./operation.ts";

/** What every one of the routes may answer. */
const ADMIN_ERRORS: readonly ApiErrorCode[] = ["API_TRAINING_OFF", "API_UNAUTHORIZED"];

const ID: JsonSchema = {
  name: "id",
  in: "path",
  required: true,
  description: "As POST /api/v1/train answered it.",
  schema: text,
};

const STARTED = {
  id: "0b5c8a52-6f0f-4c53-9d0e-6a2f5d3c1e77",
  state: "running",
  started: "2026-11-22T14:22:10.000Z",
  ended: null,
  set: ["trainer.folds=10"],
  force: false,
  run: null,
  version: null,
  exitCode: null,
  error: null,
  events: "/api/v1/train/0b5c8a52-6f0f-4c53-9d0e-6a2f5d3c1e77/events",
};

const ENDED = {
  ...STARTED,
  state: "succeeded",
  ended: "2026-11-22T14:22:31.000Z",
  run: "2026-11-22-142210",
  version: 3,
  exitCode: 0,
};

const EVENTS = `id: 1
event: run.started
data: {"event":"run.started","time":"2026-11-22T14:22:10.412Z","name":"phishing","seed":42,"gillnet":"0.1.0"}

id: 2
event: stage.progress
data: {"event":"stage.progress","time":"2026-11-22T14:22:14.030Z","stage":"trainer","fraction":0.61,"message":"random forest 2/5"}

`;

/** The routes that start runs of the pipeline and follow them. */
export const trainingOperations: Operations = {
  "/api/v1/train": {
    post: {
      operationId: "startTraining",
      tag: "Training",
      summary: "Start a run of the pipeline",
      description:
        "Runs what pnpm pipeline run would: what is stale, the gates, and publishing. One run goes at a " +
        "time. What it publishes is served within a second.",
      isForAdmin: true,
      requestBody: {
        required: false,
        content: {
          "application/json": content(ref("TrainingRequest"), {
            set: ["trainer.folds=10"],
            force: false,
          }),
        },
      },
      answers: {
        202: {
          ...answer("The run has started.", "application/json", ref("Training"), STARTED),
          headers: { Location: "Where the run is described." },
        },
      },
      errors: [
        ...ADMIN_ERRORS,
        "API_BODY_BAD",
        "API_BODY_TOO_LARGE",
        "API_CONTENT_TYPE",
        "API_JSON_BAD",
        "API_REQUEST_BAD",
        "API_TRAINING_BUSY",
        "API_TRAINING_UNAVAILABLE",
      ],
    },
  },
  "/api/v1/train/{id}": {
    get: {
      operationId: "getTraining",
      tag: "Training",
      summary: "Say how it stands with a run",
      description:
        "When the pipeline ended without saying why, the error's code is API_TRAINING_FAILED.",
      isForAdmin: true,
      parameters: [ID],
      answers: { 200: answer("The run.", "application/json", ref("Training"), ENDED) },
      errors: [...ADMIN_ERRORS, "API_TRAINING_UNKNOWN"],
    },
  },
  "/api/v1/train/{id}/events": {
    get: {
      operationId: "followTraining",
      tag: "Training",
      summary: "Follow a run",
      description:
        "Server-sent events: first what happened so far, then what happens. They are the events of " +
        "pnpm pipeline run --json, one JSON object each. The last one is training.ended, whose data are " +
        "event, time and the run as GET /api/v1/train/{id} has it. Of what happened so far, a stage's " +
        "progress is told by its newest event alone.",
      isForAdmin: true,
      parameters: [
        ID,
        {
          name: "Last-Event-ID",
          in: "header",
          description: "The last event that was seen: those after it are told.",
          schema: { type: "integer", minimum: 0 },
        },
      ],
      answers: {
        200: answer("Events until the run ends.", "text/event-stream", text, EVENTS),
        204: { description: "The run has ended, and all its events were seen." },
      },
      errors: [...ADMIN_ERRORS, "API_TRAINING_UNKNOWN"],
    },
  },
};
