import type { ApiLimits } from "../limits.ts";
import type { PublishedVersion } from "../published-version.ts";
import { UPLOAD_FIELD } from "../upload.ts";
import { predictionExamples } from "./examples.ts";
import { oneOf, ref, text } from "./json-schema.ts";
import { answer, content } from "./operation.ts";
import type { Operations } from "./operation.ts";

/** The routes that predict, with the live version's own rows (null: nothing is published). */
export function predictionOperations(live: PublishedVersion | null, limits: ApiLimits): Operations {
  const examples = live === null ? null : predictionExamples(live);
  const mib = Math.floor(limits.uploadBytes / 1_048_576);
  return {
    "/api/v1/predictions": {
      post: {
        operationId: "predictRows",
        tag: "Predictions",
        summary: "Predict JSON rows",
        description:
          "Predictions come in the order of the rows. A row that can't be predicted has a null label and " +
          "an error, and the others have theirs, unless the request is strict.",
        requestBody: {
          required: true,
          content: { "application/json": content(ref("PredictionRequest"), examples?.request) },
        },
        answers: {
          200: answer(
            "A prediction for each row.",
            "application/json",
            ref("Predictions"),
            examples?.answer,
          ),
        },
        errors: [
          "API_BODY_BAD",
          "API_BODY_TOO_LARGE",
          "API_CONTENT_TYPE",
          "API_JSON_BAD",
          "API_NO_MODEL",
          "API_REQUEST_BAD",
          "API_ROWS_REFUSED",
        ],
      },
    },
    "/predict": {
      post: {
        operationId: "predictCsv",
        tag: "Predictions",
        summary: "Predict the rows of a CSV file",
        description:
          "The file is UTF-8, separated by commas, with a header that names the model's columns; others " +
          "may be there, and are kept. The answer's form follows Accept, or the parameter format. " +
          "Errors come as a page where Accept names text/html.",
        parameters: [
          {
            name: "format",
            in: "query",
            description: "The answer's form, whatever Accept says.",
            schema: { type: "string", ...oneOf("html", "csv", "json") },
          },
        ],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                properties: {
                  [UPLOAD_FIELD]: {
                    type: "string",
                    format: "binary",
                    description: `A CSV file of up to ${mib} MiB and ${limits.csvRows} rows.`,
                  },
                },
                required: [UPLOAD_FIELD],
              },
            },
          },
        },
        answers: {
          200: {
            description: "The rows with their predictions.",
            headers: {
              "Gillnet-Model-Version": "The version that predicted.",
              "Gillnet-Rows": "Rows of the file.",
              "Gillnet-Rows-Flagged": "Rows with a problem.",
              "Gillnet-Rows-Unpredicted": "Rows without a prediction.",
            },
            content: {
              "text/csv": content(text, examples?.csvAnswer),
              "application/json": content(ref("UploadPredictions"), examples?.uploadAnswer),
              "text/html": content(text),
            },
          },
        },
        errors: [
          "API_BUSY",
          "API_COLUMNS_MISSING",
          "API_CONTENT_TYPE",
          "API_CSV_EMPTY",
          "API_CSV_HEADER",
          "API_CSV_NOT_TEXT",
          "API_CSV_QUOTES",
          "API_CSV_TOO_LARGE",
          "API_NOT_ACCEPTABLE",
          "API_NO_MODEL",
          "API_UPLOAD_BAD",
          "API_UPLOAD_TOO_LARGE",
        ],
      },
    },
  };
}
