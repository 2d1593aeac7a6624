import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import type { LogisticRows } from "../../engine/logistic/logistic-rows.ts";
import type { LogisticColumns } from "./logistic-columns.ts";

/**
 * The parameters of one column, from `first` on: a numeric column's one, or one a category that the rows have. Where
 * every row has a category their indicators add up to the intercept's 1, so the first category's is left out: the
 * others' parameters then say by how much their coefficients differ from its own.
 */
interface ColumnContrasts {
  readonly kind: InputFeature["kind"];
  readonly column: number;
  readonly first: number;
  readonly count: number;
  /** Codes of the categories that the rows have, ascending; empty for a numeric column. */
  readonly codes: readonly number[];
  readonly leavesOut: boolean;
}

/** What the intercept and the coefficients are, given the parameters. */
export interface LogisticCoefficients {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

/**
 * A linear model with as few parameters as its answers take. Parameter 0 is the intercept, that of rows whose
 * categories are all left out. Of all coefficients that answer alike, those of least squares are meant: then a column
 * with a category left out has coefficients that add up to 0, so its squares are those of the parameters, less their
 * sum squared over the number of categories.
 */
export class ContrastDesign {
  readonly parameters: number;
  readonly #contrasts: readonly ColumnContrasts[];

  /** @param taking rows that take part */
  constructor(x: RowMajorF64, features: readonly InputFeature[], taking: Int32Array) {
    let parameters = 1;
    this.#contrasts = features.map((feature, column) => {
      const first = parameters;
      if (feature.kind === "numeric") {
        parameters++;
        return { kind: "numeric", column, first, count: 1, codes: [], leavesOut: false };
      }
      const { codes, hasMissing } = codesOf(x, column, taking, feature.categories.length);
      const leavesOut = codes.length > 0 && !hasMissing;
      const count = codes.length - (leavesOut ? 1 : 0);
      parameters += count;
      return { kind: "categorical", column, first, count, codes, leavesOut };
    });
    this.parameters = parameters;
  }

  /** Fills the rows' inputs, the intercept's 1 first. */
  fillInputs(x: RowMajorF64, { taking, center, scale }: LogisticColumns, rows: LogisticRows): void {
    const { inputs, width } = rows;
    for (let row = 0; row < taking.length; row++) inputs[row * width] = 1;
    for (const { kind, column, first, codes, leavesOut } of this.#contrasts) {
      if (kind === "numeric") {
        rows.fillNumbers(column, first, center[column] as number, scale[column] as number);
      } else {
        const parameterOf = new Int32Array((codes.at(-1) ?? -1) + 1).fill(-1);
        const kept = leavesOut ? codes.slice(1) : codes;
        kept.forEach((code, i) => (parameterOf[code] = first + i));
        fillIndicators(x, column, taking, parameterOf, inputs, width);
      }
    }
  }

  /** The coefficients' sum of squares, times `factor`; IN and OUT `gradient`: its own is added. */
  addSquares(at: Float64Array, factor: number, gradient: Float64Array): number {
    let squares = 0;
    for (const { first, count, codes, leavesOut } of this.#contrasts) {
      const mean = leavesOut ? sumOf(at, first, count) / codes.length : 0;
      for (let k = first; k < first + count; k++) {
        const value = at[k] as number;
        squares += value * (value - mean);
        gradient[k] = (gradient[k] as number) + 2 * factor * (value - mean);
      }
    }
    return factor * squares;
  }

  /**
   * IN and OUT `matrix`: the second derivative of `factor` times the coefficients' sum of squares is added, on and below
   * the diagonal.
   *
   * @param width cells from one row of the matrix to the next
   */
  addCurvature(factor: number, matrix: Float64Array, width: number): void {
    for (const { first, count, codes, leavesOut } of this.#contrasts) {
      const share = leavesOut ? 1 / codes.length : 0;
      for (let i = first; i < first + count; i++) {
        for (let j = first; j <= i; j++) {
          const cell = i * width + j;
          matrix[cell] = (matrix[cell] as number) + 2 * factor * ((i === j ? 1 : 0) - share);
        }
      }
    }
  }

  coefficients(at: Float64Array, columns: LogisticColumns): LogisticCoefficients {
    const coefficients = new Float64Array(columns.coefficients);
    let intercept = at[0] as number;
    for (const { kind, column, first, count, codes, leavesOut } of this.#contrasts) {
      const start = columns.start[column] as number;
      if (kind === "numeric") coefficients[start] = at[first] as number;
      else {
        const own = leavesOut ? 0 - sumOf(at, first, count) / codes.length : 0;
        const kept = leavesOut ? codes.slice(1) : codes;
        if (leavesOut) coefficients[start + (codes[0] as number)] = own;
        kept.forEach((code, i) => (coefficients[start + code] = own + (at[first + i] as number)));
        intercept -= own;
      }
    }
    return { intercept, coefficients };
  }
}

function sumOf(at: Float64Array, first: number, count: number): number {
  let sum = 0;
  for (let k = first; k < first + count; k++) sum += at[k] as number;
  return sum;
}

/** The categories that some rows have, and whether one of them has none. */
function codesOf(
  x: RowMajorF64,
  column: number,
  rows: Int32Array,
  categories: number,
): { readonly codes: readonly number[]; readonly hasMissing: boolean } {
  const seen = new Uint8Array(categories);
  let hasMissing = false;
  for (let i = 0; i < rows.length; i++) {
    const code = x.data[(rows[i] as number) * x.cols + column] as number;
    if (Number.isNaN(code)) hasMissing = true;
    else seen[code] = 1;
  }
  return { codes: Array.from(seen.keys()).filter((code) => seen[code] === 1), hasMissing };
}

function fillIndicators(
  x: RowMajorF64,
  column: number,
  rows: Int32Array,
  parameterOf: Int32Array,
  inputs: Float64Array,
  width: number,
): void {
  for (let i = 0, at = 0; i < rows.length; i++, at += width) {
    const code = x.data[(rows[i] as number) * x.cols + column] as number;
    if (Number.isNaN(code)) continue;
    const parameter = parameterOf[code] as number;
    if (parameter >= 0) inputs[at + parameter] = 1;
  }
}
