import { PipelineError } from "@gillnet/entity";
import type { PipelineErrorOptions } from "@gillnet/entity";
import { bundleErrors } from "./errors.ts";

/** A PipelineError whose hint is the remedy that the table of codes gives. */
export function bundleError(
  code: string,
  message: string,
  options: Omit<PipelineErrorOptions, "hint"> = {},
): PipelineError {
  const remedy = bundleErrors[code]?.remedy;
  return new PipelineError(code, message, {
    ...options,
    ...(remedy !== undefined && { hint: remedy }),
  });
}
