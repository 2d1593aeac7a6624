import type { Bundle, FittedInputs } from "./bundle.ts";
import { encodeContainer } from "./container.ts";
import { bundleMembers, inputMembers } from "./list-members.ts";
import { imputerTensors, modelTensors } from "./list-tensors.ts";
import { validateInputs } from "./validate-inputs.ts";
import { validateModel } from "./validate-model.ts";
import { validateThreshold } from "./validate-threshold.ts";

/**
 * The bundle as the bytes of a `model.bundle` file, as docs/bundle-format.md describes them. Equal
 * bundles have equal bytes.
 *
 * @throws PipelineError BUNDLE_INPUTS_INVALID, BUNDLE_IMPUTER_INVALID, BUNDLE_PROFILE_INVALID,
 *   BUNDLE_MODEL_INVALID, BUNDLE_THRESHOLD_INVALID; BUNDLE_TOO_LARGE and BUNDLE_HEADER_TOO_LARGE past the
 *   default limits.
 * @example
 * const bytes = encodeBundle(bundle);
 * const same = decodeBundle(bytes);
 */
export function encodeBundle(bundle: Bundle): Uint8Array {
  validateInputs(bundle);
  validateModel(bundle.model, bundle.features);
  validateThreshold(bundle.threshold);
  return encodeContainer("bundle", bundleMembers(bundle), [
    ...imputerTensors(bundle.preprocessor.imputer),
    ...modelTensors(bundle.model, bundle.features),
  ]);
}

/**
 * Fitted inputs as the bytes of a `preprocessing` file: the same container without a model. Of a whole
 * bundle it writes the inputs alone.
 *
 * @throws PipelineError as encodeBundle.
 */
export function encodeInputs(inputs: FittedInputs): Uint8Array {
  validateInputs(inputs);
  return encodeContainer(
    "inputs",
    inputMembers(inputs),
    imputerTensors(inputs.preprocessor.imputer),
  );
}
