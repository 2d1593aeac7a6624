import { trainerParamsSchema } from "@gillnet/trainer/params";
import type { ModelParams } from "./jobs.ts";

interface FamilySchema {
  readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
}

const FAMILIES = (
  trainerParamsSchema as unknown as {
    properties: { families: { properties: Readonly<Record<string, FamilySchema>> } };
  }
).properties.families.properties;

/** Whether the trainer has that family. */
export function hasFamily(family: string): boolean {
  return FAMILIES[family] !== undefined;
}

/**
 * All parameters of a family of the trainer's: the given ones, and for the others the default, of several the first.
 *
 * @throws RangeError for a family or a parameter that the trainer does not have
 */
export function completeParams(family: string, given: ModelParams): ModelParams {
  const properties = FAMILIES[family]?.properties;
  if (properties === undefined) throw new RangeError(`The trainer has no family '${family}'`);
  const unknown = Object.keys(given).filter((name) => properties[name] === undefined);
  if (unknown.length > 0) {
    throw new RangeError(`'${family}' has no parameter '${unknown.join("', '")}'`);
  }
  const defaults = Object.entries(properties).map(([name, schema]) => [
    name,
    Array.isArray(schema.default) ? (schema.default[0] as unknown) : schema.default,
  ]);
  return { ...(Object.fromEntries(defaults) as ModelParams), ...given };
}
