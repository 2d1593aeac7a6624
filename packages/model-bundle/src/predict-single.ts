import type { RowMajorF64 } from "@gillnet/entity";
import type { SingleModel } from "./bundle.ts";
import { predictBoosting } from "./predict-boosting.ts";
import { predictForest } from "./predict-forest.ts";
import { predictLogistic } from "./predict-logistic.ts";
import { predictNetwork } from "./predict-network.ts";

/** As predictProbabilities, for a model that is not made of others. */
export function predictSingle(model: SingleModel, matrix: RowMajorF64): Float64Array {
  if (model.kind === "forest") return predictForest(model.trees, matrix);
  if (model.kind === "boosting") return predictBoosting(model, matrix);
  return model.kind === "logistic" ? predictLogistic(model, matrix) : predictNetwork(model, matrix);
}
