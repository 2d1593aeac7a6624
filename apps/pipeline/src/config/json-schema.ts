/** The part of JSON Schema (draft 7) that the configuration's schemas use and that messages and docs are made from. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  /** What a pattern means, in words: it completes "must be ...". */
  readonly $comment?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly not?: { readonly const?: unknown };
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** The schema's types, from `type`, or from the alternatives of an `anyOf` or `oneOf`; empty when it says nothing. */
export function typesOf(schema: JsonSchema): readonly string[] {
  if (typeof schema.type === "string") return [schema.type];
  if (schema.type !== undefined) return schema.type;
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(typesOf);
}

/** One key that a schema knows. */
export interface SchemaKey {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/**
 * Every key beneath `schema`, parents before children, those of alternatives and list items too. A key that
 * people name themselves (of `additionalProperties`) is "<name>".
 */
export function listKeys(schema: JsonSchema, path: readonly string[] = []): readonly SchemaKey[] {
  const keys: SchemaKey[] = [];
  for (const [name, below] of Object.entries(schema.properties ?? {})) {
    const at = [...path, name];
    keys.push({ path: at, schema: below, required: schema.required?.includes(name) ?? false });
    keys.push(...listKeys(below, at));
  }
  if (typeof schema.additionalProperties === "object") {
    const at = [...path, "<name>"];
    keys.push({ path: at, schema: schema.additionalProperties, required: false });
    keys.push(...listKeys(schema.additionalProperties, at));
  }
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    keys.push(...listKeys(branch, path));
  if (schema.items !== undefined) keys.push(...listKeys(schema.items, path));
  return keys;
}
