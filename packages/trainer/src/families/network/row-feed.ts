import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";

import type { TensorFlow } from "./tensorflow.ts";

/** Rows as a network reads them, in single precision. */
export interface NetworkRows {
  /** Units of the first layer's input. */
  readonly width: number;
  /** Distinct rows that weights are fitted to. */
  readonly fitting: Int32Array;
  /** Distinct rows that tell when to stop; may be empty. */
  readonly heldBack: Int32Array;
  /** OUT `units`: `width` numbers for each of `rows`. */
  readonly fillUnits: (rows: Int32Array, units: Float32Array) => void;
  /** Share of the positive class, one a distinct row. */
  readonly share: Float64Array;
  /** One a distinct row. */
  readonly weight: Float64Array;
}

/** Makes tensors of rows, through one buffer: a table of any size takes a batch of TensorFlow's memory. */
export class RowFeed {
  readonly #tf: TensorFlow;
  readonly #rows: NetworkRows;
  readonly #meanWeight: number;
  #units: Float32Array<ArrayBuffer> = new Float32Array(0);

  constructor(tf: TensorFlow, rows: NetworkRows) {
    this.#tf = tf;
    this.#rows = rows;
    let total = 0;
    for (const row of rows.fitting) total += rows.weight[row] as number;
    this.#meanWeight = total / rows.fitting.length;
  }

  /** Weights are told against the mean one. The tensors hold until the next call, and are the caller's. */
  read(rows: Int32Array): { x: Tensor2D; share: Tensor1D; weight: Tensor1D } {
    const { width, share, weight, fillUnits } = this.#rows;
    const length = rows.length * width;
    if (this.#units.length < length) this.#units = new Float32Array(length);
    const units = this.#units.subarray(0, length);
    fillUnits(rows, units);
    const shares = new Float32Array(rows.length);
    const weights = new Float32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      shares[i] = share[row] as number;
      weights[i] = (weight[row] as number) / this.#meanWeight;
    }
    return {
      x: this.#tf.tensor2d(units, [rows.length, width]),
      share: this.#tf.tensor1d(shares),
      weight: this.#tf.tensor1d(weights),
    };
  }
}
