import type { RowMajorF64 } from "@gillnet/entity";

import type { RowTargets } from "../dtypes.ts";
import { logisticKernels } from "./kernel.ts";
import type { LogisticKernel } from "./kernel.ts";

/** Rows that the kernel's sumSquares weighs together. */
const CHUNK = 32;

/**
 * Rows of inputs in the memory of a WebAssembly kernel, and the log loss of a linear model over them with its first
 * two derivatives, as Newton's method wants them. All sums are in a fixed order.
 *
 * Owns the memory until `end` is called.
 */
export class LogisticRows {
  /** Number of inputs, and so of parameters. */
  readonly cols: number;
  /** Cells from one row of `inputs` and `curvature` to the next. */
  readonly width: number;
  /** Row-major, in the order of the rows that take part; 0 to begin with. Cells from `cols` on stay 0. */
  readonly inputs: Float64Array;
  /** Second derivative of the mean loss: the lower triangle. */
  readonly curvature: Float64Array;
  readonly totalWeight: number;
  readonly #kernel: LogisticKernel = logisticKernels.take();
  readonly #table: Float64Array;
  readonly #tableCols: number;
  readonly #taking: Int32Array;
  /** A cell a row, and zeros to a multiple of 4. */
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #margins: Float64Array;
  readonly #curvatures: Float64Array;
  /** A cell an input. */
  readonly #vector: Float64Array;
  readonly #moments: Float64Array;
  readonly #scratch: Float64Array;
  readonly #factors: Float64Array;

  /**
   * @param taking rows of `x` that take part, ascending
   * @param targets of those rows
   * @throws PipelineError TRAINER_OUT_OF_MEMORY
   */
  constructor(x: RowMajorF64, taking: Int32Array, targets: RowTargets, cols: number) {
    const kernel = this.#kernel;
    const height = 4 * Math.ceil(taking.length / 4);
    this.cols = cols;
    this.width = 4 * Math.ceil(cols / 4);
    this.inputs = kernel.f64(height * this.width);
    this.curvature = kernel.f64(this.width * this.width);
    this.#table = kernel.f64(x.data.length);
    this.#table.set(x.data);
    this.#tableCols = x.cols;
    this.#taking = kernel.i32(taking.length);
    this.#taking.set(taking);
    this.#sums = kernel.f64(height);
    this.#sums.set(targets.sum);
    this.#weights = kernel.f64(height);
    this.#weights.set(targets.weight);
    this.#margins = kernel.f64(height);
    this.#curvatures = kernel.f64(height);
    this.#vector = kernel.f64(this.width);
    this.#moments = kernel.f64(2);
    this.#scratch = kernel.f64(CHUNK * this.width);
    this.#factors = kernel.f64(this.width * this.width);
    let total = 0;
    for (let i = 0; i < taking.length; i++) total += targets.weight[i] as number;
    this.totalWeight = total;
  }

  /** Weighted mean and standard deviation of a column's present cells, as columnMoments has them. */
  moments(column: number): readonly [mean: number, deviation: number] {
    this.#kernel.run.findMoments(
      this.#table.byteOffset,
      this.#tableCols,
      column,
      this.#taking.byteOffset,
      this.#taking.length,
      this.#weights.byteOffset,
      this.#moments.byteOffset,
    );
    return [this.#moments[0] as number, this.#moments[1] as number];
  }

  /** Makes an input of a column of numbers, centred and scaled; a missing cell's stays 0. */
  fillNumbers(column: number, input: number, center: number, scale: number): void {
    this.#kernel.run.fillNumbers(
      this.#table.byteOffset,
      this.#tableCols,
      column,
      this.#taking.byteOffset,
      this.#taking.length,
      center,
      scale,
      this.inputs.byteOffset + 8 * input,
      this.width,
    );
  }

  /** The mean loss, by weight; OUT `gradient`. */
  evaluate(parameters: Float64Array, gradient: Float64Array): number {
    const { run } = this.#kernel;
    const rows = this.#margins.length;
    const inputs = this.inputs.byteOffset;
    const margins = this.#margins.byteOffset;
    const vector = this.#vector;
    vector.set(parameters);
    run.multiplyRows(rows, this.width, inputs, vector.byteOffset, margins);
    const loss = run.findLosses(
      rows,
      margins,
      this.#sums.byteOffset,
      this.#weights.byteOffset,
      this.totalWeight,
      this.#curvatures.byteOffset,
    );
    run.sumInputs(rows, this.width, inputs, margins, vector.byteOffset);
    gradient.set(vector.subarray(0, this.cols));
    return loss;
  }

  /** Fills `curvature`, at the parameters that were evaluated last. */
  findCurvature(): void {
    this.#kernel.run.sumSquares(
      this.#margins.length,
      this.width,
      this.inputs.byteOffset,
      this.#curvatures.byteOffset,
      this.#scratch.byteOffset,
      this.curvature.byteOffset,
    );
  }

  /**
   * Solves curvature * vector = right by Cholesky's factorisation.
   *
   * @param vector IN the right side, OUT the solution, if there is one
   * @returns false when `curvature` is not positive definite, to the precision of its numbers
   */
  solve(vector: Float64Array): boolean {
    this.#factors.set(this.curvature);
    this.#vector.set(vector);
    const { byteOffset } = this.#vector;
    const done = this.#kernel.run.solve(
      this.cols,
      this.width,
      this.#factors.byteOffset,
      byteOffset,
    );
    if (done === 1) vector.set(this.#vector.subarray(0, this.cols));
    return done === 1;
  }

  /** Gives the memory back. Nothing of this object may be used from then on. */
  end(): void {
    this.#kernel.giveBack();
  }
}
