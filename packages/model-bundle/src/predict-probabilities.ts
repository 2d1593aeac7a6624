import type { RowMajorF64 } from "@gillnet/entity";
import type { Model } from "./bundle.ts";
import { predictBoosting } from "./predict-boosting.ts";
import { predictForest } from "./predict-forest.ts";
import { predictLogistic } from "./predict-logistic.ts";

/**
 * The probability of the positive class for each row of a preprocessed matrix. A row's bits do not
 * depend on the rows beside it.
 *
 * @param matrix as many columns as the model has inputs, as `preprocess` returns it.
 * @returns one probability a row, from 0 to 1.
 */
export function predictProbabilities(model: Model, matrix: RowMajorF64): Float64Array {
  if (model.kind === "forest") return predictForest(model.trees, matrix);
  return model.kind === "boosting"
    ? predictBoosting(model, matrix)
    : predictLogistic(model, matrix);
}
