import type { InputFeature, NetworkLayer, NetworkModel } from "./bundle.ts";
import { invalidModel } from "./invalid-model.ts";
import { MAX_UNIT } from "./predict-network.ts";

const MAX_LAYERS = 64;

/** How large an output may be: below the largest double by more than any rounding of its sum. */
const MAX_OUTPUT = 1e300;

/**
 * Checks that every column has its units, that the layers fit together, and that no sum overflows, whatever the
 * row. O(weights).
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateNetwork(model: NetworkModel, features: readonly InputFeature[]): void {
  const { unitStart, center, scale, unitValue, layers } = model;
  for (const [name, { length }, expected] of [
    ["unitStart", unitStart, features.length + 1] as const,
    ["center", center, features.length] as const,
    ["scale", scale, features.length] as const,
  ]) {
    if (length !== expected) {
      throw invalidModel(
        `The network has ${features.length} inputs and must have ${expected} entries of '${name}', got ${length}`,
      );
    }
  }
  if (unitStart[0] !== 0 || unitStart[features.length] !== unitValue.length) {
    throw invalidModel(
      `The network's units must go from 0 to ${unitValue.length}, got ${unitStart[0]} to ${unitStart[features.length]}`,
    );
  }
  features.forEach((input, column) => checkColumn(model, input, column));
  if (layers.length < 1 || layers.length > MAX_LAYERS) {
    throw invalidModel(`The network must have 1 to ${MAX_LAYERS} layers, got ${layers.length}`);
  }
  // How large each input of the next layer can be.
  let limits = unitLimits(model);
  layers.forEach((layer, index) => {
    limits = outputLimits(layer, index, limits);
  });
  if (limits.length !== 1) {
    throw invalidModel(`The network's last layer must have one output, got ${limits.length}`);
  }
}

function checkColumn(model: NetworkModel, input: InputFeature, column: number): void {
  const start = model.unitStart[column] as number;
  const end = model.unitStart[column + 1] as number;
  const center = model.center[column] as number;
  const scale = model.scale[column] as number;
  if (end < start || end > model.unitValue.length) {
    throw invalidModel(
      `The units of '${input.name}' must follow one another, got ${start} to ${end}`,
    );
  }
  const isScaled = scale !== 0;
  const holds = isScaled
    ? input.kind === "numeric" && Number.isFinite(center) && scale > 0 && scale < Infinity
    : Object.is(center, 0) && Object.is(scale, 0);
  if (!holds) {
    throw invalidModel(
      `${input.kind} input '${input.name}' must have ${input.kind === "numeric" ? "a finite center and a positive scale, or 0 and 0" : "center 0 and scale 0"}, got ${center} and ${scale}`,
    );
  }
  const expected = isScaled
    ? 1
    : input.kind === "categorical"
      ? input.categories.length
      : end - start;
  if (end - start !== expected) {
    throw invalidModel(`'${input.name}' must have ${expected} units, got ${end - start}`);
  }
  const hasValues = input.kind === "numeric" && !isScaled;
  for (let unit = start; unit < end; unit++) {
    const value = model.unitValue[unit] as number;
    const fits = hasValues
      ? Number.isFinite(value) && (unit === start || value > (model.unitValue[unit - 1] as number))
      : Object.is(value, 0);
    if (!fits) {
      throw invalidModel(
        `Unit ${unit}, of '${input.name}', must have ${hasValues ? "a finite value above the one before it" : "the value 0"}, got ${value}`,
      );
    }
  }
}

/** How large each unit can be. */
function unitLimits({ unitStart, scale, unitValue }: NetworkModel): Float64Array {
  const limits = new Float64Array(unitValue.length).fill(1);
  scale.forEach((spread, column) => {
    if (spread > 0) limits[unitStart[column] as number] = MAX_UNIT;
  });
  return limits;
}

/** How large each of the layer's outputs can be, when its inputs can be as large as `limits`. */
function outputLimits(
  { weights, bias }: NetworkLayer,
  index: number,
  limits: Float64Array,
): Float64Array {
  if (bias.length === 0 || weights.length !== limits.length * bias.length) {
    throw invalidModel(
      `Layer ${index} must have a weight for each of its ${limits.length} inputs and ${bias.length} outputs, at least one, got ${weights.length}`,
    );
  }
  const sums = bias.map(Math.abs);
  for (let i = 0; i < limits.length; i++) {
    for (let o = 0; o < sums.length; o++) {
      const weight = weights[i * sums.length + o] as number;
      sums[o] = (sums[o] as number) + Math.abs(weight) * (limits[i] as number);
    }
  }
  const output = sums.findIndex((size) => !(size <= MAX_OUTPUT));
  if (output !== -1) {
    throw invalidModel(
      `Output ${output} of layer ${index} must be finite and at most ${MAX_OUTPUT} whatever the row, got up to ${sums[output]}`,
    );
  }
  return sums;
}
