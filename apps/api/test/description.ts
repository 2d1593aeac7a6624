import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Response } from "supertest";

type Json = Record<string, unknown>;

/** A description as it is read from /openapi.json, and checks against it. */
export class Description {
  readonly document: Json;
  readonly #ajv: Ajv2020;

  constructor(document: Json) {
    this.document = document;
    this.#ajv = new Ajv2020({
      strict: false,
      formats: {
        binary: true,
        "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
        uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
      },
    });
    this.#ajv.addSchema(closed(document) as Json, "openapi.json");
  }

  /** `GET /livez`, and so on. */
  get operations(): string[] {
    return Object.entries(this.document["paths"] as Record<string, Json>)
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      )
      .sort();
  }

  /** What is wrong with a value by the schema at `pointer`; a member that the schema does not name is. */
  problems(value: unknown, ...pointer: readonly string[]): string[] {
    const steps = pointer.map((step) =>
      encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    const check = this.#ajv.compile({
      $ref: `openapi.json#/${steps.join("/")}`,
    }) as ValidateFunction;
    check(value);
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** Expects the answer's status and content type to be described, and its body to be as described. */
  expectDescribed(method: "get" | "post", path: string, response: Response): void {
    const at = ["paths", path, method, "responses", String(response.status)];
    const answer = this.at(...at);
    const content = answer?.["content"] as Json | undefined;
    const where = `${method} ${path} ${response.status}`;
    expect({ where, types: Object.keys(content ?? {}) }).toEqual({
      where,
      types: content === undefined ? [] : expect.arrayContaining([response.type]),
    });
    if (response.type !== "application/json") return;
    expect({
      where,
      problems: this.problems(response.body, ...at, "content", response.type, "schema"),
    }).toEqual({ where, problems: [] });
    const { error } = response.body as { error?: { code: string } };
    if (response.status < 400 || error === undefined) return;
    // Every code has its example, and so its place in the description.
    const media = content![response.type] as { examples?: Json };
    expect({ where, codes: Object.keys(media.examples ?? {}) }).toEqual({
      where,
      codes: expect.arrayContaining([error.code]),
    });
  }

  at(...pointer: readonly string[]): Json | undefined {
    let value: unknown = this.document;
    for (const step of pointer) value = (value as Json | undefined)?.[step];
    return value as Json | undefined;
  }
}

/** The document with every object that names its members holding no others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, closed(member)]),
  );
  const isObject =
    copy["type"] === "object" || (Array.isArray(copy["type"]) && copy["type"].includes("object"));
  return isObject && typeof copy["properties"] === "object" && !("additionalProperties" in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}
