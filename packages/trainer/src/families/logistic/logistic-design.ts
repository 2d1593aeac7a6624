import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { RowTargets } from "../../engine/dtypes.ts";
import type { LogisticColumns } from "./logistic-columns.ts";

/**
 * The rows that take part, as a linear model sees them: numeric columns centred (and scaled), categories as
 * one indicator each. Parameter 0 is the intercept; coefficient k of the model is parameter k + 1. Takes no more memory
 * for a column of many categories than for one of few.
 */
export interface LogisticDesign {
  readonly rows: number;
  readonly parameters: number;
  /** Of these rows. */
  readonly targets: RowTargets;
  /** Parameter of each numeric column. */
  readonly numericParameter: Int32Array;
  /** Row-major, one cell a row and numeric column; a missing cell is 0, the mean. */
  readonly numeric: Float64Array;
  readonly categoricalColumns: number;
  /** Row-major, one cell a row and categorical column: the parameter of its category, -1 when missing. */
  readonly categoryParameter: Int32Array;
}

/** Builds the design. */
export function logisticDesign(
  x: RowMajorF64,
  features: readonly InputFeature[],
  { taking, targets, coefficients, start, center, scale }: LogisticColumns,
): LogisticDesign {
  const numericColumns = Int32Array.from(features.keys()).filter(
    (column) => features[column]?.kind === "numeric",
  );
  const categorical = Int32Array.from(features.keys()).filter(
    (column) => features[column]?.kind === "categorical",
  );
  const rows = taking.length;
  const numeric = new Float64Array(rows * numericColumns.length);
  const categoryParameter = new Int32Array(rows * categorical.length);
  taking.forEach((row, at) => {
    numericColumns.forEach((column, j) => {
      const value = x.data[row * x.cols + column] as number;
      numeric[at * numericColumns.length + j] = Number.isNaN(value)
        ? 0
        : (value - (center[column] as number)) / (scale[column] as number);
    });
    categorical.forEach((column, j) => {
      const code = x.data[row * x.cols + column] as number;
      categoryParameter[at * categorical.length + j] = Number.isNaN(code)
        ? -1
        : 1 + (start[column] as number) + code;
    });
  });
  return {
    rows,
    parameters: 1 + coefficients,
    targets,
    numericParameter: numericColumns.map((column) => 1 + (start[column] as number)),
    numeric,
    categoricalColumns: categorical.length,
    categoryParameter,
  };
}

/** OUT `margins`: each row's linear sum for these parameters. */
export function margins(
  design: LogisticDesign,
  parameters: Float64Array,
  margins: Float64Array,
): void {
  const { rows, numeric, numericParameter, categoryParameter, categoricalColumns } = design;
  const nNumeric = numericParameter.length;
  const intercept = parameters[0] as number;
  for (let row = 0; row < rows; row++) {
    let margin = intercept;
    for (let j = 0, cell = row * nNumeric; j < nNumeric; j++, cell++) {
      margin += (numeric[cell] as number) * (parameters[numericParameter[j] as number] as number);
    }
    for (let j = 0, cell = row * categoricalColumns; j < categoricalColumns; j++, cell++) {
      const at = categoryParameter[cell] as number;
      if (at >= 0) margin += parameters[at] as number;
    }
    margins[row] = margin;
  }
}

/** OUT `sums`: for each parameter, the sum over rows of its input times the row's amount. */
export function weightedSums(
  design: LogisticDesign,
  amounts: Float64Array,
  sums: Float64Array,
): void {
  const { rows, numeric, numericParameter, categoryParameter, categoricalColumns } = design;
  const nNumeric = numericParameter.length;
  sums.fill(0);
  let intercept = 0;
  for (let row = 0; row < rows; row++) {
    const amount = amounts[row] as number;
    intercept += amount;
    for (let j = 0, cell = row * nNumeric; j < nNumeric; j++, cell++) {
      const at = numericParameter[j] as number;
      sums[at] = (sums[at] as number) + (numeric[cell] as number) * amount;
    }
    for (let j = 0, cell = row * categoricalColumns; j < categoricalColumns; j++, cell++) {
      const at = categoryParameter[cell] as number;
      if (at >= 0) sums[at] = (sums[at] as number) + amount;
    }
  }
  sums[0] = intercept;
}
