import type { InputFeature, LogisticModel } from "./bundle.ts";
import { invalidModel } from "./invalid-model.ts";

/**
 * Checks that every column has its coefficients, in order, and that all numbers are finite.
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateLogistic(model: LogisticModel, features: readonly InputFeature[]): void {
  const { intercept, start, coefficients, center, scale } = model;
  for (const [name, array] of [
    ["start", start] as const,
    ["center", center] as const,
    ["scale", scale] as const,
  ]) {
    if (array.length !== features.length) {
      throw invalidModel(
        `The model has ${features.length} inputs, but ${array.length} entries of '${name}'`,
      );
    }
  }
  let next = 0;
  features.forEach((input, column) => {
    if (start[column] !== next) {
      throw invalidModel(
        `The coefficients of '${input.name}' must start at ${next}, got ${start[column]}`,
      );
    }
    next += input.kind === "numeric" ? 1 : input.categories.length;
    const c = center[column] as number;
    const s = scale[column] as number;
    const holds =
      input.kind === "numeric"
        ? Number.isFinite(c) && s > 0 && s < Infinity
        : Object.is(c, 0) && Object.is(s, 0);
    if (!holds) {
      throw invalidModel(
        `${input.kind} input '${input.name}' must have ${input.kind === "numeric" ? "a finite center and a positive scale" : "center 0 and scale 0"}, got ${c} and ${s}`,
      );
    }
  });
  if (coefficients.length !== next) {
    throw invalidModel(`The model must have ${next} coefficients, got ${coefficients.length}`);
  }
  if (!Number.isFinite(intercept) || !coefficients.every(Number.isFinite)) {
    throw invalidModel("The model's intercept and coefficients must be finite");
  }
}
