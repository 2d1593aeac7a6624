import type { RequestHandler } from "express";
import multer from "multer";
import { apiError } from "./errors.ts";
import type { ApiLimits } from "./limits.ts";

/** The form field that holds the file. */
export const UPLOAD_FIELD = "file";

/**
 * Reads the file of a multipart request into memory (`request.file.buffer`). Every limit of the reader is
 * set, those that default to none included; text fields may come along and are not looked at.
 * Errors: API_CONTENT_TYPE, API_UPLOAD_BAD, API_UPLOAD_TOO_LARGE.
 */
export function readUpload(limits: ApiLimits): RequestHandler {
  const read = multer({
    storage: multer.memoryStorage(),
    defParamCharset: "utf8",
    limits: {
      fileSize: limits.uploadBytes,
      files: 1,
      fields: 8,
      parts: 9,
      fieldNameSize: 64,
      fieldSize: 1024,
      headerPairs: 32,
      fieldNestingDepth: 0,
      fieldArrayIndexLimit: 0,
    },
  }).single(UPLOAD_FIELD);
  return (request, response, next) => {
    if (!request.is("multipart/form-data")) {
      const given = request.get("content-type")?.slice(0, 100) ?? "none";
      throw apiError("API_CONTENT_TYPE", `The body must be multipart/form-data, got ${given}`);
    }
    void read(request, response, (error?: unknown) => {
      if (error !== undefined && error !== null) next(uploadError(error, limits));
      else if (request.file === undefined) {
        next(apiError("API_UPLOAD_BAD", `The form has no file in the field '${UPLOAD_FIELD}'`));
      } else next();
    });
  };
}

/**
 * Lets a bounded number of requests through at a time and answers the others with API_BUSY at once: each
 * upload takes memory, and a queue of them would only hide that the server can't keep up.
 */
export function admitUploads(limits: ApiLimits): RequestHandler {
  let underWay = 0;
  return (_request, response, next) => {
    if (underWay >= limits.concurrentUploads) {
      throw apiError("API_BUSY", `${underWay} uploads are under way, as many as are taken at once`);
    }
    underWay++;
    response.once("close", () => underWay--);
    next();
  };
}

function uploadError(error: unknown, limits: ApiLimits): Error {
  const { code, field, message } = error as { code?: unknown; field?: unknown; message?: unknown };
  if (code === "LIMIT_FILE_SIZE") {
    return apiError("API_UPLOAD_TOO_LARGE", `The file has more than ${limits.uploadBytes} bytes`);
  }
  if (code === "LIMIT_UNEXPECTED_FILE") {
    const name = String(field).slice(0, 64);
    return apiError(
      "API_UPLOAD_BAD",
      `The file must be in the field '${UPLOAD_FIELD}', got '${name}'`,
    );
  }
  return apiError("API_UPLOAD_BAD", `The form can't be read: ${String(message)}`, { cause: error });
}
