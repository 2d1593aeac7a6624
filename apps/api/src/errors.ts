import { PipelineError } from "@gillnet/model-bundle";
import type { ErrorCodeEntry, PipelineErrorOptions } from "@gillnet/model-bundle";

/** A row of the table: the HTTP status besides the meaning and the remedy. */
export interface ApiErrorEntry extends ErrorCodeEntry {
  readonly status: number;
}

/** Every code that the API answers with, or prints when it cannot start. */
export const apiErrors = {
  API_ADDRESS_UNUSABLE: {
    status: 500,
    meaning:
      "The server cannot listen where HOST and PORT say, mostly because another program does.",
    remedy: "Stop the other program, or set PORT to another port.",
  },
  API_BODY_BAD: {
    status: 400,
    meaning: "The JSON body has not the shape that the route reads.",
    remedy: 'Send {"rows": [{column: value, ...}, ...]} and, if you like, "strict": true.',
  },
  API_BODY_TOO_LARGE: {
    status: 413,
    meaning: "The JSON body has more bytes or rows than the server takes at once.",
    remedy: "Send the rows in several requests, or upload them as CSV to /predict.",
  },
  API_BUSY: {
    status: 503,
    meaning: "As many uploads as the server takes at once are under way.",
    remedy: "Send the request again after the seconds in the Retry-After header.",
  },
  API_COLUMNS_MISSING: {
    status: 400,
    meaning: "The CSV's header lacks columns that the model reads.",
    remedy: "Add the named columns; /sample.csv shows a file that fits.",
  },
  API_CONFIG_BAD: {
    status: 500,
    meaning: "An environment variable of the server holds a value that it cannot use.",
    remedy: "Correct the variable; the app's README lists them with their bounds.",
  },
  API_CONTENT_TYPE: {
    status: 415,
    meaning: "The body's content type is not one that the route reads.",
    remedy: "Send multipart/form-data to /predict and application/json to the routes of /api/v1.",
  },
  API_CSV_EMPTY: {
    status: 400,
    meaning: "The uploaded file is empty or has a header and no rows.",
    remedy: "Upload a CSV with a header and at least one row.",
  },
  API_CSV_HEADER: {
    status: 400,
    meaning: "The CSV's header names a column that the model reads more than once.",
    remedy: "Leave one column of each name.",
  },
  API_CSV_NOT_TEXT: {
    status: 400,
    meaning: "The uploaded file is not UTF-8 text.",
    remedy: "Save it as CSV in UTF-8 and upload that.",
  },
  API_CSV_QUOTES: {
    status: 400,
    meaning: "A quoted cell of the CSV is not closed, or text follows its closing quote.",
    remedy: 'Close the quote in the named row; a quote inside a quoted cell is written twice ("").',
  },
  API_CSV_TOO_LARGE: {
    status: 413,
    meaning: "The CSV has more rows or columns, or a longer cell, than the server takes at once.",
    remedy: "Split the file; the app's README lists the limits.",
  },
  API_INTERNAL: {
    status: 500,
    meaning: "The server failed in a way that it does not know.",
    remedy: "Look for the request id of the answer in the server's log.",
  },
  API_JSON_BAD: {
    status: 400,
    meaning: "The body is not JSON.",
    remedy: "Send valid JSON in UTF-8.",
  },
  API_METHOD_NOT_ALLOWED: {
    status: 405,
    meaning: "The route exists, but not for this method.",
    remedy: "Use a method of the Allow header.",
  },
  API_NOT_ACCEPTABLE: {
    status: 406,
    meaning:
      "The Accept header or the format parameter names no form that the route can answer in.",
    remedy: "Ask for text/html, text/csv or application/json, or for format=html, csv or json.",
  },
  API_NOT_FOUND: {
    status: 404,
    meaning: "There is no such route.",
    remedy: "See the list of routes at /docs.",
  },
  API_NO_MODEL: {
    status: 503,
    meaning: "No published model could be loaded so far.",
    remedy: "Run pnpm pipeline run; the server takes up what it publishes within a second.",
  },
  API_NO_SAMPLE: {
    status: 404,
    meaning: "The live version was published without a sample.csv.",
    remedy: "Run pnpm pipeline run; it publishes one.",
  },
  API_REQUEST_BAD: {
    status: 400,
    meaning: "The request is malformed, or its body broke off.",
    remedy: "Send the request again, whole and in the form that the message names.",
  },
  API_ROWS_REFUSED: {
    status: 422,
    meaning: "A strict request holds a cell that the model cannot take as it is.",
    remedy: "Correct the named cells, or leave out strict to get the other rows predicted.",
  },
  API_TRAINING_BUSY: {
    status: 409,
    meaning: "A run of the pipeline that the server started is under way.",
    remedy: "Wait until it ends; the details say where its events are.",
  },
  API_TRAINING_FAILED: {
    status: 500,
    meaning: "A run of the pipeline that the server started ended without saying why.",
    remedy: "Look for the run's id in the server's log; it has the run's last words.",
  },
  API_TRAINING_OFF: {
    status: 404,
    meaning: "The server was started without an administrator's token, so it starts no runs.",
    remedy: "Start the server with GILLNET_ADMIN_TOKEN set to 16 characters or more.",
  },
  API_TRAINING_UNAVAILABLE: {
    status: 503,
    meaning:
      "The pipeline's program is not where the server looks for it, or the server is stopping.",
    remedy:
      "Run pnpm pipeline plan once, which builds it, or set GILLNET_PIPELINE_COMMAND to its main.js.",
  },
  API_TRAINING_UNKNOWN: {
    status: 404,
    meaning: "The server started no such run, or has forgotten it: it remembers the last 20.",
    remedy: "Use an id that POST /api/v1/train has answered since the server started.",
  },
  API_UNAUTHORIZED: {
    status: 401,
    meaning: "The request does not carry the administrator's token.",
    remedy:
      "Send the header Authorization: Bearer with the value of the server's GILLNET_ADMIN_TOKEN.",
  },
  API_UPLOAD_BAD: {
    status: 400,
    meaning: "The multipart body is malformed, or is not one file in the field 'file'.",
    remedy: "Send one file in the form field 'file', as in curl -F file=@rows.csv.",
  },
  API_UPLOAD_TOO_LARGE: {
    status: 413,
    meaning: "The uploaded file has more bytes than the server takes.",
    remedy: "Split the file, or start the server with a greater GILLNET_MAX_UPLOAD_MIB.",
  },
  API_VERSION_UNUSABLE: {
    status: 503,
    meaning: "The version that live.json names is incomplete, altered or unreadable.",
    remedy: "Publish again with pnpm pipeline publish, or go back with pnpm pipeline rollback.",
  },
} as const;

export type ApiErrorCode = keyof typeof apiErrors;

// Isolated declarations do not take `satisfies` on an export.
apiErrors satisfies Readonly<Record<ApiErrorCode, ApiErrorEntry>>;

/** The one shape of errors in answers. */
export interface ErrorBody {
  readonly error: {
    readonly code: ApiErrorCode;
    readonly message: string;
    readonly hint: string;
    readonly details: Readonly<Record<string, unknown>>;
  };
}

/** True for a code of the table. */
export function isApiErrorCode(code: string): code is ApiErrorCode {
  return Object.hasOwn(apiErrors, code);
}

/** An error with a code of the table; the hint is the table's remedy unless another is given. */
export function apiError(
  code: ApiErrorCode,
  message: string,
  options: PipelineErrorOptions = {},
): PipelineError {
  return new PipelineError(code, message, { hint: apiErrors[code].remedy, ...options });
}
