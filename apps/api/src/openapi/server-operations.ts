import type { PublishedVersion } from "../published-version.ts";
import type { ApiLimits } from "../limits.ts";
import { modelAnswer } from "../routes/model.ts";
import { oneOf, ref, text } from "./json-schema.ts";
import { answer, content } from "./operation.ts";
import type { Operation, Operations } from "./operation.ts";

/** The routes that say what is live, and the server's pages and probes. */
export function serverOperations(live: PublishedVersion | null, limits: ApiLimits): Operations {
  const get = (operation: Omit<Operation, "tag">): { get: Operation } => ({
    get: { tag: "Server", ...operation },
  });
  return {
    "/api/v1/model": {
      get: {
        operationId: "getModel",
        tag: "Model",
        summary: "Say what the live version is, reads and answers",
        answers: {
          200: answer(
            "The live version.",
            "application/json",
            ref("Model"),
            live === null ? undefined : modelAnswer(live, limits),
          ),
        },
        errors: ["API_NO_MODEL"],
      },
    },
    "/sample.csv": {
      get: {
        operationId: "getSample",
        tag: "Model",
        summary: "Download rows that fit the live version",
        answers: { 200: answer("The sample.", "text/csv", text) },
        errors: ["API_NO_MODEL", "API_NO_SAMPLE"],
      },
    },
    "/": get({
      operationId: "getPage",
      summary: "The page: give a CSV, see the table",
      answers: {
        200: answer("The page.", "text/html", text),
        503: answer("The page, before anything is published.", "text/html", text),
      },
    }),
    "/livez": get({
      operationId: "getLiveness",
      summary: "Say that the process answers",
      answers: { 200: answer("It does.", "application/json", ref("Live"), { status: "live" }) },
    }),
    "/readyz": get({
      operationId: "getReadiness",
      summary: "Say whether predictions can be made",
      answers: { 200: answer("They can.", "application/json", ref("Ready")) },
      errors: ["API_NO_MODEL"],
    }),
    "/openapi.json": get({
      operationId: "getDescription",
      summary: "This description",
      answers: { 200: answer("OpenAPI 3.1.", "application/json", { type: "object" }) },
    }),
    "/docs": get({
      operationId: "getDocs",
      summary: "This description, to read and to try",
      answers: { 200: answer("A page.", "text/html", text) },
    }),
    "/docs/{file}": get({
      operationId: "getDocsFile",
      summary: "A file of that page",
      parameters: [
        {
          name: "file",
          in: "path",
          required: true,
          schema: {
            type: "string",
            ...oneOf("docs.css", "initializer.js", "swagger-ui-bundle.js", "swagger-ui.css"),
          },
        },
      ],
      answers: {
        200: {
          description: "The file.",
          content: { "text/css": content(text), "text/javascript": content(text) },
        },
      },
      errors: ["API_NOT_FOUND"],
    }),
  };
}
