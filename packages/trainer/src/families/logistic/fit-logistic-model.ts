import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature, LogisticModel } from "@gillnet/model-bundle";

import type { RowTargets } from "../../engine/dtypes.ts";
import { LogisticRows } from "../../engine/logistic/logistic-rows.ts";
import { columnMoments } from "../network/column-moments.ts";
import { ContrastDesign } from "./contrast-design.ts";
import type { LogisticCoefficients } from "./contrast-design.ts";
import { contrastLogLoss } from "./contrast-log-loss.ts";
import { logisticColumns, takingRows } from "./logistic-columns.ts";
import type { LogisticColumns } from "./logistic-columns.ts";
import { logisticDesign } from "./logistic-design.ts";
import { minimize } from "./newton.ts";
import { penalisedLogLoss } from "./penalised-log-loss.ts";

/**
 * Up to this many parameters squared a column the second derivative is formed as a matrix: a row's part of it costs as
 * much. Beyond, as with columns of many categories, it takes longer than the passes over all rows that it saves, each a
 * step a row and column. Measured on 3,400 rows: 100 parameters of 20 columns take 21 ms by the matrix and 29 without,
 * 200 of 20 columns 70 and 30, 400 of 400 columns 330 and 800.
 */
const MOST_MATRIX_WORK = 600;
/** Most cells of rows and parameters that are kept side by side: half a gigabyte. */
const MOST_MATRIX_CELLS = 2 ** 26;

export interface LogisticSettings {
  /** Inverse of the penalty's strength. */
  readonly c: number;
  /** Most Newton steps. */
  readonly maxSteps: number;
  /** Whether numeric columns are scaled to unit variance. */
  readonly standardize: boolean;
}

/**
 * Fits a logistic regression with an L2 penalty on all but the intercept. It minimises scikit-learn's objective,
 * C * (sum of weight * log loss) + |coefficients|^2 / 2, divided by C and the total weight, over numeric
 * columns centred (and scaled) and one indicator a category.
 *
 * @param x one row a row of the targets; those of weight 0 take no part
 */
export function fitLogisticModel(
  x: RowMajorF64,
  features: readonly InputFeature[],
  targets: RowTargets,
  { c, maxSteps, standardize }: LogisticSettings,
): { readonly model: LogisticModel; readonly converged: boolean } {
  const taking = takingRows(targets);
  const design = new ContrastDesign(x, features, taking.taking);
  const { parameters } = design;
  if (
    parameters ** 2 > MOST_MATRIX_WORK * features.length ||
    parameters * taking.taking.length > MOST_MATRIX_CELLS
  ) {
    const columns = logisticColumns(
      features,
      taking,
      (column) => columnMoments(x, column, taking.taking, targets.weight),
      standardize,
    );
    const objective = penalisedLogLoss(logisticDesign(x, features, columns), c);
    const { at, converged } = minimize(objective, maxSteps);
    const found = { intercept: at[0] as number, coefficients: at.slice(1) };
    return { model: modelOf(columns, found), converged };
  }
  const rows = new LogisticRows(x, taking.taking, taking.targets, parameters);
  const columns = logisticColumns(features, taking, (column) => rows.moments(column), standardize);
  design.fillInputs(x, columns, rows);
  const { at, converged } = minimize(contrastLogLoss(design, rows, c), maxSteps);
  rows.end();
  return { model: modelOf(columns, design.coefficients(at, columns)), converged };
}

function modelOf(
  { start, center, scale }: LogisticColumns,
  { intercept, coefficients }: LogisticCoefficients,
): LogisticModel {
  return { kind: "logistic", intercept, start, coefficients, center, scale };
}
