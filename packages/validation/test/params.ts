import { validationParamsSchema } from "../src/params.ts";
import type { ValidationParams } from "../src/params.ts";

/** The defaults, read from the JSON Schema. */
export const PARAMS = defaultsOf(validationParamsSchema) as unknown as ValidationParams;

interface SchemaNode {
  readonly default: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

function defaultsOf({ properties, default: value }: SchemaNode): unknown {
  if (properties === undefined) return value;
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, defaultsOf(property)]),
  );
}
