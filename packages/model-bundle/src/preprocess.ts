import type { RowMajorF64 } from "@gillnet/entity";
import type { Preprocessor } from "./bundle.ts";
import { imputeKnn } from "./impute.ts";

/**
 * Turns encoded inputs into the model's matrix: fills missing cells as the preprocessor says.
 *
 * @returns a matrix of its own, or `matrix` itself when there was nothing to fill; `matrix` is never changed.
 */
export function preprocess(preprocessor: Preprocessor, matrix: RowMajorF64): RowMajorF64 {
  const { imputer } = preprocessor;
  return imputer.kind === "none" ? matrix : imputeKnn(imputer, matrix);
}
