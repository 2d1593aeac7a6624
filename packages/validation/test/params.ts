import { validationParamsSchema } from "../src/params.ts";
import type { ValidationParams } from "../src/params.ts";

/** The defaults, read from the JSON Schema. */
export const PARAMS = Object.fromEntries(
  Object.entries(validationParamsSchema.properties).map(([name, property]) => [
    name,
    property.default,
  ]),
) as unknown as ValidationParams;
