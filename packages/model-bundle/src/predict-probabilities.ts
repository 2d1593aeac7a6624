import type { RowMajorF64 } from "@gillnet/entity";
import type { Model } from "./bundle.ts";
import { predictAverage } from "./predict-average.ts";
import { predictSingle } from "./predict-single.ts";
import { predictStacking } from "./predict-stacking.ts";

/**
 * The probability of the positive class for each row of a preprocessed matrix. A row's bits do not
 * depend on the rows beside it.
 *
 * @param matrix as many columns as the model has inputs, as `preprocess` returns it.
 * @returns one probability a row, from 0 to 1.
 */
export function predictProbabilities(model: Model, matrix: RowMajorF64): Float64Array {
  if (model.kind === "average") return predictAverage(model, matrix);
  return model.kind === "stacking" ? predictStacking(model, matrix) : predictSingle(model, matrix);
}
