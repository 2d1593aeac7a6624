import { trainerParamsSchema } from "@gillnet/trainer/params";
import type { ModelParams } from "./jobs.ts";

interface ParamSchema {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, ParamSchema>>;
}

const { families: FAMILIES_SCHEMA, ...OTHERS } = (trainerParamsSchema as ParamSchema)
  .properties as Readonly<Record<string, ParamSchema>>;
const FAMILIES = FAMILIES_SCHEMA?.properties ?? {};

/** The trainer's settings but the families, as they are when nobody sets them. */
export function trainerDefaults(): Readonly<Record<string, unknown>> {
  return defaultsOf(OTHERS);
}

function defaultsOf(schemas: Readonly<Record<string, ParamSchema>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { properties, ...schema }]) => [
      name,
      properties === undefined ? schema.default : defaultsOf(properties),
    ]),
  );
}

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
  const defaults = Object.entries(defaultsOf(properties)).map(([name, value]) => [
    name,
    Array.isArray(value) ? (value[0] as unknown) : value,
  ]);
  return { ...(Object.fromEntries(defaults) as ModelParams), ...given };
}
