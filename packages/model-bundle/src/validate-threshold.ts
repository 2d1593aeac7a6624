import { bundleError } from "./bundle-error.ts";

/**
 * Checks the probability from which the positive class is predicted.
 *
 * @throws PipelineError BUNDLE_THRESHOLD_INVALID.
 */
export function validateThreshold(threshold: number): void {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw bundleError(
      "BUNDLE_THRESHOLD_INVALID",
      `The threshold must be a probability from 0 to 1, got ${threshold}`,
    );
  }
}
