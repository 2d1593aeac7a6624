import type { ErrorObject } from "ajv";
import { Ajv } from "ajv";
import type { ConfigNode, MapEntry } from "./config-tree.ts";
import { toPlain } from "./config-tree.ts";
import type { JsonSchema } from "./json-schema.ts";
import { typesOf } from "./json-schema.ts";

/** One rule of a schema that a value breaks. */
export interface SchemaFault extends ErrorObject {
  /** The schema that the broken rule is in. */
  readonly rules: JsonSchema;
  /** The value that breaks it, with the defaults filled in. */
  readonly value: unknown;
}

/**
 * Checks a tree against a schema, without coercion; `value` is the plain value with the schema's defaults
 * filled in, a new one each time. A key left empty (null where null is not allowed) counts as not given.
 */
export function validateAgainst(
  schema: JsonSchema,
  root: ConfigNode,
): { readonly value: unknown; readonly faults: readonly SchemaFault[] } {
  // Start-up waits for this: without Ajv's checks of the schemas (the tests make them, in strict mode),
  // its `verbose` and its optimizer, compiling takes half the time (36 instead of 70 ms, machine busy).
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    strict: false,
    strictNumbers: true,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  });
  const validate = ajv.compile(schema);
  const value = toPlain(withoutEmptyKeys(root, schema));
  if (validate(value)) return { value, faults: [] };
  const faults = (validate.errors ?? []).map((error): SchemaFault =>
    Object.assign(error, {
      // "#/properties/seed/type" is the rule `type` of the schema at "#/properties/seed".
      rules: valueAt(schema, decodeURIComponent(error.schemaPath).replace(/\/[^/]*$/, "")) ?? {},
      value: valueAt(value, error.instancePath),
    }),
  );
  return { value, faults };
}

/** The steps of a JSON pointer. */
export function pointerSteps(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(top: unknown, pointer: string): unknown {
  let value = top;
  for (const step of pointerSteps(pointer)) value = (value as Record<string, unknown>)[step];
  return value;
}

function withoutEmptyKeys(node: ConfigNode, schema: JsonSchema): ConfigNode {
  if (node.kind !== "map" || schema.properties === undefined) return node;
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of node.entries) {
    const below = Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const types = below === undefined ? [] : typesOf(below);
    const empty = entry.node.kind === "scalar" && entry.node.value === null;
    if (empty && types.length > 0 && !types.includes("null")) continue;
    entries.set(
      key,
      below === undefined ? entry : { ...entry, node: withoutEmptyKeys(entry.node, below) },
    );
  }
  return { ...node, entries };
}
