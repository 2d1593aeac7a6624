import { PipelineError } from "@gillnet/entity";

import { trainerParamsSchema } from "../params.ts";
import type { CandidateParams, Family, ParamValue } from "./family.ts";
import { FAMILIES } from "./registry.ts";

interface FamilySchema {
  readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
}

/**
 * The family called `name`, and all of its parameters: those given, and the defaults of trainerParamsSchema for the
 * others.
 *
 * @throws PipelineError TRAINER_UNKNOWN_FAMILY, TRAINER_UNKNOWN_PARAM; TRAINER_PARAM_MISSING for one that is not
 *   given and whose default is a list of several values
 */
export function completeParams(
  name: string,
  given: CandidateParams,
): { readonly family: Family; readonly params: CandidateParams } {
  const family = FAMILIES.find((each) => each.name === name);
  if (family === undefined) {
    throw new PipelineError("TRAINER_UNKNOWN_FAMILY", `No family is called '${name}'`, {
      hint: `Take one of ${FAMILIES.map((each) => each.name).join(", ")}`,
      details: { family: name },
    });
  }
  for (const param of Object.keys(given)) {
    if (family.paramNames.includes(param)) continue;
    throw new PipelineError("TRAINER_UNKNOWN_PARAM", `${name} has no parameter '${param}'`, {
      hint: `Take some of ${family.paramNames.join(", ")}`,
      details: { family: name, param },
    });
  }
  const params = family.paramNames.map((param): [string, ParamValue] => [
    param,
    given[param] === undefined ? defaultOf(name, param) : given[param],
  ]);
  return { family, params: Object.fromEntries(params) };
}

function defaultOf(family: string, param: string): ParamValue {
  const { properties } = trainerParamsSchema as {
    readonly properties: {
      readonly families: { readonly properties: Readonly<Record<string, FamilySchema>> };
    };
  };
  const value = properties.families.properties[family]?.properties[param]?.default;
  if (value !== undefined && !Array.isArray(value)) return value as ParamValue;
  throw new PipelineError("TRAINER_PARAM_MISSING", `${family} needs a value for '${param}'`, {
    hint: Array.isArray(value)
      ? `Its default is a list to try: ${JSON.stringify(value)}`
      : "Give it one",
    details: { family, param },
  });
}
