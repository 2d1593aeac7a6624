import { apiErrors } from "../errors.ts";
import type { ApiErrorCode } from "../errors.ts";
import { ref } from "./json-schema.ts";
import type { JsonSchema } from "./json-schema.ts";

/** One form of a body: its schema, and an example where there is one. */
export interface Content {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface Answer {
  readonly description: string;
  /** By content type; absent: no body. */
  readonly content?: Readonly<Record<string, Content>>;
  /** Headers by name, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a route does, before it is written out as OpenAPI has it. */
export interface Operation {
  readonly operationId: string;
  readonly tag: "Predictions" | "Model" | "Training" | "Server";
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes that the route answers with; API_INTERNAL needs no naming. */
  readonly errors?: readonly ApiErrorCode[];
  readonly isForAdmin?: boolean;
}

/** Operations by path and method. */
export type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Headers of errors, by status. */
const ERROR_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { "WWW-Authenticate": "Bearer." },
  503: { "Retry-After": "Seconds after which to try again." },
};

/** Content with an example, where there is one. */
export function content(schema: JsonSchema, example?: unknown): Content {
  return example === undefined ? { schema } : { schema, example };
}

/** An answer of one content type. */
export function answer(
  description: string,
  type: string,
  schema: JsonSchema,
  example?: unknown,
): Answer {
  return { description, content: { [type]: content(schema, example) } };
}

/** An operation as OpenAPI has it: the answers, then the errors by status with an example of each code. */
export function describeOperation(operation: Operation): JsonSchema {
  const { operationId, tag, summary, description, parameters, requestBody, isForAdmin } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(isForAdmin === true ? { security: [{ administrator: [] }] } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      ...describeErrors([...(operation.errors ?? []), "API_INTERNAL"]),
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, answer]) => [
          status,
          describeAnswer(answer),
        ]),
      ),
    },
  };
}

function describeAnswer({ description, content, headers }: Answer): JsonSchema {
  return {
    description,
    ...(headers === undefined ? {} : { headers: describeHeaders(headers) }),
    ...(content === undefined ? {} : { content }),
  };
}

function describeErrors(codes: readonly ApiErrorCode[]): JsonSchema {
  const byStatus = new Map<number, ApiErrorCode[]>();
  for (const code of codes) {
    const { status } = apiErrors[code];
    const same = byStatus.get(status);
    if (same === undefined) byStatus.set(status, [code]);
    else same.push(code);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${apiErrors[code].meaning}`).join("\n\n"),
        headers: describeHeaders(ERROR_HEADERS[status] ?? {}),
        content: {
          "application/json": {
            schema: ref("Error"),
            examples: Object.fromEntries(same.map((code) => [code, errorExample(code)])),
          },
        },
      },
    ]),
  );
}

function describeHeaders(headers: Readonly<Record<string, string>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, schema: { type: "string" } },
    ]),
  );
}

/** The table's own words stand in for a message. */
function errorExample(code: ApiErrorCode): JsonSchema {
  const { meaning, remedy } = apiErrors[code];
  const message = meaning.replace(/\.$/, "");
  return { value: { error: { code, message, hint: remedy, details: {} } } };
}
