import type { ApiLimits } from "../limits.ts";
import type { PublishedVersion } from "../published-version.ts";
import { describeOperation } from "./operation.ts";
import type { Operations } from "./operation.ts";
import { predictionOperations } from "./prediction-operations.ts";
import { componentSchemas } from "./schemas.ts";
import { serverOperations } from "./server-operations.ts";
import { trainingOperations } from "./training-operations.ts";

/** Of this description: its first number changes when a program written for an earlier one may break. */
const DESCRIPTION_VERSION = "1.0.0";

/** The API in OpenAPI 3.1, as it is while `live` is served (null: nothing is published). Plain JSON. */
export function describeApi(
  live: PublishedVersion | null,
  limits: ApiLimits,
): Readonly<Record<string, unknown>> {
  const operations: Operations = {
    ...predictionOperations(live, limits),
    ...trainingOperations,
    ...serverOperations(live, limits),
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "Gillnet",
      version: DESCRIPTION_VERSION,
      summary: "Predictions of the live model, and runs that make the next one",
      description: introduction(live),
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: [
      { name: "Predictions", description: "Rows in, verdicts out." },
      { name: "Model", description: "What is live." },
      {
        name: "Training",
        description:
          "Runs of the pipeline, for the administrator. Off unless the server has a GILLNET_ADMIN_TOKEN.",
      },
      { name: "Server", description: "Pages and probes." },
    ],
    paths: mapValues(operations, (methods) => mapValues(methods, describeOperation)),
    components: {
      schemas: componentSchemas(live?.bundle ?? null, limits),
      securitySchemes: {
        administrator: {
          type: "http",
          scheme: "bearer",
          description: "The value of the server's GILLNET_ADMIN_TOKEN.",
        },
      },
    },
  };
}

function introduction(live: PublishedVersion | null): string {
  const served =
    live === null
      ? "No model is published yet, so rows are any objects here."
      : `Rows and examples are those of ${live.name}, version ${live.version}.`;
  const warning = live?.warning === undefined ? "" : `**Warning.** ${live.warning}\n\n`;
  return (
    `${warning}${served}\n\nErrors have one shape and a stable code. Every answer has an ` +
    "`X-Request-Id`, which the server's log has too. Every `GET` answers `HEAD`. A method that a path " +
    "does not take is `API_METHOD_NOT_ALLOWED` (405, with `Allow`); a path that is not here is " +
    "`API_NOT_FOUND` (404)."
  );
}

function mapValues<From, To>(
  values: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
