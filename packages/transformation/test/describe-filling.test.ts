import type { Imputer } from "@gillnet/model-bundle";
import { describeFilling } from "../src/describe-filling.ts";

const KNN: Imputer = {
  kind: "knn",
  neighbors: 1,
  weights: "uniform",
  columns: Int32Array.of(0),
  donors: Float64Array.of(1),
  donorCounts: Float64Array.of(1),
  means: Float64Array.of(1),
};

function part(filledCells: number, filledRows: number, missingCells: number) {
  return {
    matrix: { data: new Float64Array(0), rows: 0, cols: 0 },
    filledCells,
    filledRows,
    missingCells,
  };
}

test("says what imputation did", () => {
  expect(describeFilling(KNN, part(0, 0, 0), part(0, 0, 0))).toEqual([
    "KNN imputation had nothing to fill",
  ]);
  expect(describeFilling(KNN, part(1234, 1001, 0), part(1, 1, 0))).toEqual([
    "KNN imputation filled 1,234 cells in 1,001 training rows and 1 cell in 1 test row",
  ]);
});

test("says what it left", () => {
  expect(describeFilling({ kind: "none" }, part(0, 0, 0), part(0, 0, 0))).toEqual([]);
  expect(describeFilling({ kind: "none" }, part(0, 0, 2), part(0, 0, 1))).toEqual([
    "3 missing cells stay missing, for the model to deal with",
  ]);
  expect(describeFilling(KNN, part(0, 0, 1), part(0, 0, 0))).toEqual([
    "KNN imputation had nothing to fill",
    "1 missing cell stays missing, for the model to deal with",
  ]);
});
