import type { SeededRandom } from "@gillnet/entity";
import type { Tensor2D } from "@tensorflow/tfjs-core";

import type { TensorFlow } from "./tensorflow.ts";

/**
 * Which hidden units a step keeps. Drawn here, since TensorFlow's dropout draws the same mask at every step when it
 * is given a seed, and from Math.random when it is not.
 */
export class DropoutMasks {
  readonly #tf: TensorFlow;
  readonly #hidden: readonly number[];
  readonly #rate: number;
  readonly #random: SeededRandom;

  constructor(tf: TensorFlow, hidden: readonly number[], rate: number, random: SeededRandom) {
    this.#tf = tf;
    this.#hidden = hidden;
    this.#rate = rate;
    this.#random = random;
  }

  /** A matrix a hidden layer: 0 for a unit left out, and for the others what makes up for it. None at rate 0. */
  draw(rows: number): Tensor2D[] {
    if (this.#rate === 0) return [];
    const bound = this.#rate * 2 ** 32;
    const kept = 1 / (1 - this.#rate);
    return this.#hidden.map((width) => {
      const bits = new Uint32Array(rows * width);
      this.#random.fillUint32(bits);
      const mask = new Float32Array(bits.length);
      for (let i = 0; i < bits.length; i++) mask[i] = (bits[i] as number) < bound ? 0 : kept;
      return this.#tf.tensor2d(mask, [rows, width]);
    });
  }
}
