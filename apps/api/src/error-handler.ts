import { isPipelineError } from "@gillnet/model-bundle";
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import { apiError, apiErrors, isApiErrorCode } from "./errors.ts";
import type { ApiErrorCode, ErrorBody } from "./errors.ts";
import type { ApiLogger } from "./logger.ts";
import { errorPage } from "./pages/error-page.ts";
import { requestId } from "./request-context.ts";

/** What body-parser calls its refusals. */
const BODY_ERRORS: Readonly<Record<string, readonly [ApiErrorCode, string]>> = {
  "entity.parse.failed": ["API_JSON_BAD", "The body is not JSON"],
  "entity.too.large": ["API_BODY_TOO_LARGE", "The body has too many bytes"],
  "encoding.unsupported": ["API_CONTENT_TYPE", "The body's content encoding is not known"],
  "charset.unsupported": ["API_CONTENT_TYPE", "The body's character set is not known"],
  "request.aborted": ["API_REQUEST_BAD", "The body broke off"],
  "request.size.invalid": ["API_REQUEST_BAD", "The body is not as long as its Content-Length says"],
};

/** Says 404 for what no route has taken. */
export const notFound: RequestHandler = (request) => {
  throw apiError("API_NOT_FOUND", `There is no route ${request.path.slice(0, 200)}`);
};

/** The last handler of a route: says 405, or answers OPTIONS, with the methods that the route knows. */
export function methodNotAllowed(...allowed: readonly string[]): RequestHandler {
  const methods = allowed.includes("GET") ? [...allowed, "HEAD"] : allowed;
  return (request, response) => {
    response.setHeader("Allow", methods.join(", "));
    if (request.method === "OPTIONS") {
      response.status(204).end();
      return;
    }
    throw apiError(
      "API_METHOD_NOT_ALLOWED",
      `${request.path} takes ${methods.join(", ")}, got ${request.method}`,
    );
  };
}

/** Answers every error in one shape; what it does not know becomes 500 without a word of the inside. */
export function errorHandler(logger: ApiLogger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    if (response.closed || response.destroyed) {
      logger.debug("The client left", { event: "request.left", requestId: requestId(response) });
      return;
    }
    const { status, body } = describe(error, response);
    if (body.error.code === "API_INTERNAL") {
      logger.error(error instanceof Error ? error.message : String(error), {
        event: "request.failed",
        requestId: requestId(response),
        stack: error instanceof Error ? error.stack : undefined,
      });
    }
    if (response.headersSent) {
      // Half an answer must not pass for a whole one.
      response.destroy();
      return;
    }
    response.status(status);
    if (status === 503) response.setHeader("Retry-After", "1");
    if (wantsPage(request)) response.type("html").send(errorPage(status, body).text);
    else response.json(body);
  };
}

/** Browsers name text/html; scripts that send no Accept, or take anything, get JSON. */
function wantsPage(request: Request): boolean {
  return request.path === "/predict" && request.get("accept")?.includes("text/html") === true;
}

function describe(error: unknown, response: Response): { status: number; body: ErrorBody } {
  if (isPipelineError(error) && isApiErrorCode(error.code)) {
    const { message, hint, details } = error;
    return answer(error.code, message, hint, details);
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  const known = typeof type === "string" ? BODY_ERRORS[type] : undefined;
  if (known !== undefined) return answer(...known);
  // Express's own: a path that can't be decoded, for one.
  if (typeof status === "number" && status >= 400 && status < 500) {
    return answer("API_REQUEST_BAD", "The request is malformed");
  }
  return answer("API_INTERNAL", "The server could not answer this request", undefined, {
    requestId: requestId(response),
  });
}

function answer(
  code: ApiErrorCode,
  message: string,
  hint: string = apiErrors[code].remedy,
  details: Readonly<Record<string, unknown>> = {},
): { status: number; body: ErrorBody } {
  return { status: apiErrors[code].status, body: { error: { code, message, hint, details } } };
}
