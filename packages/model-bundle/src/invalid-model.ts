import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";

/** The error of a model that could loop, read outside its arrays or give no probability. */
export function invalidModel(message: string): PipelineError {
  return bundleError("BUNDLE_MODEL_INVALID", message);
}
