import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { apiError } from "./errors.ts";
import type { ApiLogger } from "./logger.ts";

/** Probes come every few seconds: their lines are for debugging only. */
const PROBES = new Set(["/livez", "/readyz"]);

/** The id that the answer carries as X-Request-Id and the log line as requestId. */
export function requestId(response: Response): string {
  return (response.locals as { requestId: string }).requestId;
}

/** Aborted when the client has left before the answer was whole: work for it may end. */
export function clientSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) {
      controller.abort(apiError("API_REQUEST_BAD", "The client left before the answer was whole"));
    }
  });
  return controller.signal;
}

/** Gives each request an id and, when its answer ends or its client leaves, one log line without its body. */
export function requestContext(logger: ApiLogger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const id = randomUUID();
    (response.locals as { requestId: string }).requestId = id;
    response.setHeader("X-Request-Id", id);
    const path = request.path.slice(0, 200);
    response.once("close", () => {
      // 499: the client left, as nginx calls it.
      const status = response.writableFinished ? response.statusCode : 499;
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const level = PROBES.has(path) ? "debug" : "info";
      logger[level](`${request.method} ${path} ${status} ${ms} ms`, {
        event: "request",
        requestId: id,
        method: request.method,
        path,
        status,
        ms,
      });
    });
    next();
  };
}
