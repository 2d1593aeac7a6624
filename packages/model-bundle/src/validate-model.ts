import type { CompositeModel, InputFeature, Model, SingleModel } from "./bundle.ts";
import { invalidModel } from "./invalid-model.ts";
import { MAX_LOG_ODDS } from "./predict-stacking.ts";
import { validateLogistic } from "./validate-logistic.ts";
import { validateNetwork } from "./validate-network.ts";
import { validateScores, validateShares, validateTrees } from "./validate-trees.ts";

/** So that a small file cannot ask for a prediction by any number of models. */
const MAX_MEMBERS = 256;

/** How far from 1 the weights of an average may add up. */
const WEIGHT_TOLERANCE = 1e-9;

/**
 * Checks that predicting with the model ends, stays inside its arrays and gives a probability, whatever
 * the row; and that its trees are trees, so that explaining ends too. O(size of the model).
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateModel(model: Model, features: readonly InputFeature[]): void {
  if (model.kind === "average") {
    validateMembers(model, model.weights.length, features);
    validateWeights(model.weights);
  } else if (model.kind === "stacking") {
    validateMembers(model, model.coefficients.length, features);
    validateStack(model.intercept, model.coefficients);
  } else validateSingle(model, features);
}

function validateSingle(model: SingleModel, features: readonly InputFeature[]): void {
  switch (model.kind) {
    case "forest":
      validateTrees(model.trees, features);
      validateShares(model.trees);
      break;
    case "boosting":
      validateTrees(model.trees, features);
      validateScores(model);
      break;
    case "logistic":
      validateLogistic(model, features);
      break;
    case "network":
      validateNetwork(model, features);
      break;
    default: {
      // Types allow no other kind, but what encodeBundle is given may come from anywhere.
      const { kind } = model as Model;
      throw invalidModel(`A member of a model must be a model by itself, got the kind '${kind}'`);
    }
  }
}

function validateMembers(
  { kind, members }: CompositeModel,
  nFactors: number,
  features: readonly InputFeature[],
): void {
  const factor = kind === "average" ? "weights" : "coefficients";
  if (members.length < 1 || members.length > MAX_MEMBERS) {
    throw invalidModel(`The model must have 1 to ${MAX_MEMBERS} members, got ${members.length}`);
  }
  if (nFactors !== members.length) {
    throw invalidModel(`The model has ${members.length} members, but ${nFactors} ${factor}`);
  }
  for (const member of members) validateSingle(member, features);
}

function validateWeights(weights: Float64Array): void {
  const member = weights.findIndex((weight) => !(weight > 0));
  if (member !== -1) {
    throw invalidModel(`Member ${member} must have a weight above 0, got ${weights[member]}`);
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(Math.abs(sum - 1) <= WEIGHT_TOLERANCE)) {
    throw invalidModel(
      `The members' weights must add up to 1, to within ${WEIGHT_TOLERANCE}, got ${sum}`,
    );
  }
}

/** No row's sum may overflow: Infinity - Infinity is no probability. */
function validateStack(intercept: number, coefficients: Float64Array): void {
  const largest = coefficients.reduce(
    (sum, coefficient) => sum + Math.abs(coefficient) * MAX_LOG_ODDS,
    Math.abs(intercept),
  );
  if (!(largest < Infinity)) {
    throw invalidModel(
      `The model's intercept and coefficients must be finite, and so must their sum, got ${intercept} and ${coefficients.join(", ")}`,
    );
  }
}
