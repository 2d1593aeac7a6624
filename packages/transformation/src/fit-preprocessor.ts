import { listOf } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";
import type { InputFeature, Preprocessor } from "@gillnet/model-bundle";
import { fitKnnImputer } from "./fit-knn-imputer.ts";
import type { OrderedPart } from "./order-part.ts";
import type { TransformationParams } from "./params.ts";

/** The fitted preprocessor, and what people should know of the fitting. */
export interface PreprocessorFit {
  readonly preprocessor: Preprocessor;
  readonly notes: readonly string[];
}

/** Fits what `params` ask for on the training part. */
export function fitPreprocessor(
  features: readonly InputFeature[],
  train: OrderedPart,
  params: TransformationParams,
  random: SeededRandom,
): PreprocessorFit {
  if (params.imputer === "none") return { preprocessor: { imputer: { kind: "none" } }, notes: [] };

  const numeric = features.flatMap(({ kind }, column) => (kind === "numeric" ? [column] : []));
  const { imputer, distinctRows, emptyColumns } = fitKnnImputer(
    train.inputs,
    train.weights,
    numeric,
    params.knn,
    random.fork("donors"),
  );
  const notes: string[] = [];
  if (emptyColumns.length > 0) {
    const names = listOf(emptyColumns.map((column) => features[column]?.name ?? ""));
    notes.push(
      `No row of the training part has a value in ${names}: nothing can fill the gaps, and the model learns nothing from ${emptyColumns.length === 1 ? "it" : "them"}`,
    );
  }
  if (imputer.donorCounts.length < distinctRows) {
    notes.push(
      `KNN imputation looks for neighbours in ${imputer.donorCounts.length.toLocaleString("en-US")} of ${distinctRows.toLocaleString("en-US")} distinct training rows, drawn by the seed`,
    );
  }
  // Without a column to fill there is nothing to keep in the bundle.
  if (imputer.columns.length === 0) {
    return { preprocessor: { imputer: { kind: "none" } }, notes };
  }
  return { preprocessor: { imputer }, notes };
}
