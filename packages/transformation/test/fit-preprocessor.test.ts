import { SeededRandom } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";
import { fitPreprocessor } from "../src/fit-preprocessor.ts";
import type { OrderedPart } from "../src/order-part.ts";
import type { TransformationParams } from "../src/params.ts";

const NA = NaN;
const PARAMS: TransformationParams = {
  imputer: "knn",
  knn: { neighbors: 3, weights: "uniform", maximum_donors: 20000 },
};

function fit(
  features: readonly InputFeature[],
  rows: readonly (readonly number[])[],
  params: Partial<TransformationParams> = {},
) {
  const count = rows.length;
  const train: OrderedPart = {
    inputs: { data: Float64Array.from(rows.flat()), rows: count, cols: features.length },
    classes: new Uint8Array(count),
    weights: new Float64Array(count).fill(1),
    provenance: { data: new Float64Array(count * 3), rows: count, cols: 3 },
  };
  return fitPreprocessor(features, train, { ...PARAMS, ...params }, new SeededRandom(1));
}

const AGE: InputFeature = { kind: "numeric", name: "age" };
const CITY: InputFeature = { kind: "categorical", name: "city", categories: ["a", "b"] };
const SIZE: InputFeature = { kind: "numeric", name: "size" };

test("imputes numeric columns only", () => {
  const { preprocessor, notes } = fit([AGE, CITY, SIZE], [[1, 0, 2]]);
  expect(preprocessor.imputer.kind === "knn" && [...preprocessor.imputer.columns]).toEqual([0, 2]);
  expect(notes).toEqual([]);
});

test("fits nothing when told so, or when there is nothing to impute", () => {
  const none = { preprocessor: { imputer: { kind: "none" } }, notes: [] };
  expect(fit([AGE], [[1]], { imputer: "none" })).toEqual(none);
  expect(fit([CITY], [[1]])).toEqual(none);
});

test("says which columns have no value", () => {
  expect(fit([AGE, CITY, SIZE], [[NA, 0, 1]]).notes).toEqual([
    "No row of the training part has a value in 'age': nothing can fill the gaps, and the model learns nothing from it",
  ]);
  const { preprocessor, notes } = fit([AGE, SIZE], [[NA, NA]]);
  expect(preprocessor.imputer.kind).toBe("none");
  expect(notes[0]).toMatch(/in 'age', 'size': .* from them$/);
});

test("says when the donors are a sample", () => {
  const rows = Array.from({ length: 1500 }, (_, row) => [row]);
  const knn = { ...PARAMS.knn, maximum_donors: 1000 };
  expect(fit([AGE], rows, { knn }).notes).toEqual([
    "KNN imputation looks for neighbours in 1,000 of 1,500 distinct training rows, drawn by the seed",
  ]);
});
