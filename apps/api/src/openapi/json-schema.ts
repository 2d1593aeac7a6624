/** A JSON Schema of 2020-12, as OpenAPI 3.1 has them. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema of the description's components. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An object that has all of `properties` and may have those of `optional`. */
export function object(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return {
    type: "object",
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
  };
}

/** An object with members of any name. */
export function map(values: JsonSchema): JsonSchema {
  return { type: "object", additionalProperties: values };
}

export function array(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

/** The schema, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  return { ...schema, type: [schema["type"], "null"] };
}

/** One of these texts or numbers. */
export function oneOf(...values: readonly (string | number | null)[]): JsonSchema {
  return { enum: values };
}

export const text: JsonSchema = { type: "string" };
export const number: JsonSchema = { type: "number" };
export const count: JsonSchema = { type: "integer", minimum: 0 };
export const flag: JsonSchema = { type: "boolean" };
export const time: JsonSchema = { type: "string", format: "date-time" };
export const sha256: JsonSchema = { type: "string", pattern: "^[0-9a-f]{64}$" };

/** Whatever JSON has besides lists and objects. */
export const scalar: JsonSchema = { type: ["string", "number", "boolean", "null"] };
