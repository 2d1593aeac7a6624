import type { InputFeature } from "@gillnet/model-bundle";

import type { RowTargets } from "../engine/dtypes.ts";
import { fitLogisticModel } from "../families/logistic/fit-logistic-model.ts";
import { mixtureWeights } from "./mixture-weights.ts";

/** How the answers of several models become one: as in AverageModel and StackingModel of the bundle. */
export type Combination =
  | { readonly kind: "average"; readonly weights: Float64Array }
  | {
      readonly kind: "stacking";
      readonly intercept: number;
      readonly coefficients: Float64Array;
    };

/** An average's weight below this is taken for 0: its model is dropped. */
const LEAST_WEIGHT = 1e-3;
/** A stacked model's probabilities are kept this far from 0 and 1, as in StackingModel. */
const PROBABILITY_CLIP = 1e-6;
/** Inverse of the penalty's strength, and most Newton steps: scikit-learn's defaults for its StackingClassifier. */
const STACKING_C = 1;
const STACKING_STEPS = 100;

/**
 * Finds the combination that has the least weighted log loss: an average's weights are at least 0 and 1 together,
 * those below 0.001 set to 0; a stack is a logistic regression with an L2 penalty on the models' log-odds.
 *
 * @param answers probabilities of rows that the models were not fitted on: for each model, one a row
 */
export function fitCombination(
  kind: Combination["kind"],
  answers: readonly Float64Array[],
  targets: RowTargets,
): Combination {
  if (kind === "average") {
    const kept = mixtureWeights(answers, targets).map((weight) =>
      weight < LEAST_WEIGHT ? 0 : weight,
    );
    const sum = kept.reduce((total, weight) => total + weight, 0);
    return { kind, weights: kept.map((weight) => weight / sum) };
  }
  const cols = answers.length;
  const rows = targets.weight.length;
  const data = new Float64Array(rows * cols);
  answers.forEach((answer, m) => {
    for (let row = 0; row < rows; row++) data[row * cols + m] = logOdds(answer[row] as number);
  });
  const features = answers.map((_, m): InputFeature => ({ kind: "numeric", name: String(m) }));
  const { model } = fitLogisticModel({ data, rows, cols }, features, targets, {
    c: STACKING_C,
    maxSteps: STACKING_STEPS,
    standardize: false,
  });
  const { coefficients } = model;
  // The model's columns are centred.
  const shift = coefficients.reduce(
    (sum, value, m) => sum + value * (model.center[m] as number),
    0,
  );
  return { kind, intercept: model.intercept - shift, coefficients };
}

/** The combined answers, one a row, as predictAverage and predictStacking of the bundle give them. */
export function combineAnswers(
  combination: Combination,
  answers: readonly Float64Array[],
): Float64Array {
  const combined = new Float64Array(answers[0]?.length ?? 0);
  if (combination.kind === "average") {
    answers.forEach((answer, m) => {
      const weight = combination.weights[m] as number;
      for (let row = 0; row < combined.length; row++) {
        combined[row] = (combined[row] as number) + weight * (answer[row] as number);
      }
    });
    return combined.map((sum) => Math.min(1, sum));
  }
  combined.fill(combination.intercept);
  answers.forEach((answer, m) => {
    const coefficient = combination.coefficients[m] as number;
    for (let row = 0; row < combined.length; row++) {
      combined[row] = (combined[row] as number) + coefficient * logOdds(answer[row] as number);
    }
  });
  return combined.map((margin) => 1 / (1 + Math.exp(-margin)));
}

function logOdds(probability: number): number {
  const p = Math.min(1 - PROBABILITY_CLIP, Math.max(PROBABILITY_CLIP, probability));
  return Math.log(p / (1 - p));
}
