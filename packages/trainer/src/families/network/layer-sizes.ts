import { PipelineError } from "@gillnet/entity";

/** How the units of a network's hidden layers are written: from one to eight sizes, such as 64-32. */
export const LAYER_SIZES_PATTERN = "^[1-9][0-9]{0,4}(-[1-9][0-9]{0,4}){0,7}$";

/**
 * The units of each hidden layer, from the inputs on.
 *
 * @throws PipelineError TRAINER_BAD_LAYER_SIZES
 */
export function layerSizes(text: unknown): readonly number[] {
  if (typeof text !== "string" || !new RegExp(LAYER_SIZES_PATTERN).test(text)) {
    throw new PipelineError(
      "TRAINER_BAD_LAYER_SIZES",
      `hidden_layer_sizes must be one to eight sizes such as "64-32", got ${JSON.stringify(text)}`,
      { hint: 'Write the units of each hidden layer, joined by hyphens; one layer is "64"' },
    );
  }
  return text.split("-").map(Number);
}
