import type { RequestHandler } from "express";
import { apiError } from "../errors.ts";
import type { ApiLimits } from "../limits.ts";
import type { LiveBundle } from "../live-bundle.ts";
import { clientSignal } from "../request-context.ts";
import { predictionAnswer } from "../row-prediction.ts";
import type { ApiPrediction } from "../row-prediction.ts";
import { scoreRows } from "../score-rows.ts";

type Row = Readonly<Record<string, unknown>>;

interface PredictionRequest {
  readonly rows: readonly Row[];
  readonly strict: boolean;
}

/** Problems that a refusal lists. */
const LISTED_PROBLEMS = 20;

/**
 * POST /api/v1/predictions, after the JSON body was read: predictions in the order of the rows. A row that
 * can't be predicted has a null label and an error; with `strict` any problem of any row, a missing cell
 * too, is API_ROWS_REFUSED.
 */
export function predictRowsRoute(live: LiveBundle, limits: ApiLimits): RequestHandler {
  return async (request, response) => {
    if (!request.is("application/json")) {
      const given = request.get("content-type")?.slice(0, 100) ?? "none";
      throw apiError("API_CONTENT_TYPE", `The body must be application/json, got ${given}`);
    }
    const { rows, strict } = readBody(request.body, limits);
    const model = live.require();
    const predictions = await scoreRows(rows, model.bundle, clientSignal(response));
    if (strict) refuseProblems(predictions);
    const readsId = model.bundle.features.some((feature) => feature.name === "id");
    response.json({
      model: { name: model.name, version: model.version },
      predictions: predictions.map((prediction, index) =>
        predictionAnswer(prediction, index + 1, readsId ? undefined : ownId(rows[index] as Row)),
      ),
    });
  };
}

function readBody(body: unknown, limits: ApiLimits): PredictionRequest {
  if (!isObject(body)) throw apiError("API_BODY_BAD", "The body must be a JSON object");
  for (const name of Object.keys(body)) {
    if (name !== "rows" && name !== "strict" && name !== "explain") {
      throw apiError(
        "API_BODY_BAD",
        `The body has a member '${name.slice(0, 80)}'; rows and strict are read`,
      );
    }
  }
  const { rows, strict = false, explain = false } = body;
  if (typeof strict !== "boolean") {
    throw apiError("API_BODY_BAD", `strict must be true or false, got ${kindOf(strict)}`);
  }
  if (explain !== false) {
    throw apiError("API_BODY_BAD", "explain must be false: this server gives no explanations");
  }
  if (!Array.isArray(rows)) {
    throw apiError("API_BODY_BAD", `rows must be an array, got ${kindOf(rows)}`);
  }
  if (rows.length > limits.jsonRows) {
    throw apiError(
      "API_BODY_TOO_LARGE",
      `The body has ${rows.length} rows; at most ${limits.jsonRows} are taken`,
    );
  }
  for (const [index, row] of rows.entries()) {
    if (!isObject(row)) {
      throw apiError("API_BODY_BAD", `Row ${index + 1} must be an object, got ${kindOf(row)}`, {
        details: { row: index + 1 },
      });
    }
  }
  return { rows, strict };
}

function refuseProblems(predictions: readonly ApiPrediction[]): void {
  const problems = predictions.flatMap((prediction, index) =>
    prediction.problems.map(({ code, column, message }) => ({
      row: index + 1,
      column,
      code,
      message,
    })),
  );
  const first = problems[0];
  if (first === undefined) return;
  throw apiError("API_ROWS_REFUSED", `Row ${first.row}: ${first.message}`, {
    details: {
      row: first.row,
      column: first.column,
      count: problems.length,
      problems: problems.slice(0, LISTED_PROBLEMS),
    },
  });
}

function ownId(row: Row): string | number | undefined {
  const id = Object.hasOwn(row, "id") ? row["id"] : undefined;
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
