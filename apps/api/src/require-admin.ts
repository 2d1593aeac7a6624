import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import { apiError } from "./errors.ts";
import type { ApiLogger } from "./logger.ts";
import { requestId } from "./request-context.ts";

/**
 * Lets requests with `Authorization: Bearer <token>` through; null lets none through and says how to turn
 * the routes on. Errors: API_TRAINING_OFF, API_UNAUTHORIZED.
 */
export function requireAdmin(token: string | null, logger: ApiLogger): RequestHandler {
  const expected = token === null ? null : digest(token);
  return (request, response, next) => {
    if (expected === null) throw apiError("API_TRAINING_OFF", "Training over HTTP is turned off");
    const given = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "")?.[1];
    // Digests are of one length, so the comparison takes as long whatever is wrong.
    if (given !== undefined && timingSafeEqual(digest(given), expected)) {
      next();
      return;
    }
    const why = given === undefined ? "no administrator token" : "a wrong administrator token";
    logger.warn(`A request came with ${why}`, {
      event: "admin.refused",
      requestId: requestId(response),
      address: request.ip,
    });
    response.setHeader("WWW-Authenticate", 'Bearer realm="gillnet"');
    throw apiError("API_UNAUTHORIZED", `The request has ${why}`);
  };
}

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
