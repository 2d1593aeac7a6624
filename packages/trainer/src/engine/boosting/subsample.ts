import type { SeededRandom } from "@gillnet/entity";

import { classPairs } from "../class-pairs.ts";
import { EQUAL_CLASSES } from "../dtypes.ts";
import type { ClassWeights, RowTargets } from "../dtypes.ts";
import type { BoostingKernel } from "./kernel.ts";

/** Random numbers that are made at a time. */
const NUMBERS = 512;

/**
 * Draws a share of weighted rows without replacement, each row that a weight stands for by itself: a distinct
 * row of weight 3 may be in with any number of copies from 0 to 3. With integer weights this is the law of
 * scikit-learn's subsample over the rows written out singly. Other weights are cut into equal copies of
 * about `weightUnit`. Class weights have no part in the draws: they multiply what was drawn.
 */
export class Subsample {
  /** How many copies a sample has. */
  readonly draws: number;
  readonly #kernel: BoostingKernel;
  /** Per slot, one for each class of each row: copies, and what one of them weighs. */
  readonly #copies: Int32Array;
  readonly #copyWeight: Float64Array;
  /** The slot of each copy. */
  readonly #slots: Int32Array;
  /** Which copies were drawn, and how many of each slot are in the sample. */
  readonly #isDrawn: Uint8Array;
  readonly #taken: Int32Array;
  readonly #numbers: Uint32Array;
  readonly #sample: RowTargets;

  /**
   * @param targets before class weights
   * @param share of the copies, above 0 and at most 1; at least one copy is drawn
   * @param weightUnit what one row weighs: 1 when all weights are integers
   * @param kernel in whose memory samples stand
   */
  constructor(
    targets: RowTargets,
    share: number,
    weightUnit: number,
    kernel: BoostingKernel,
    classWeights: ClassWeights = EQUAL_CLASSES,
  ) {
    this.#kernel = kernel;
    const { row, positive, weight } = classPairs(targets);
    const rows = targets.weight.length;
    this.#copies = new Int32Array(2 * rows);
    this.#copyWeight = kernel.f64(2 * rows);
    let total = 0;
    for (let pair = 0; pair < row.length; pair++) {
      const isPositive = positive[pair] as number;
      const slot = 2 * (row[pair] as number) + isPositive;
      const copies = Math.max(1, Math.round((weight[pair] as number) / weightUnit));
      const classWeight = isPositive === 1 ? classWeights.positive : classWeights.negative;
      this.#copies[slot] = copies;
      this.#copyWeight[slot] = (classWeight * (weight[pair] as number)) / copies;
      total += copies;
    }
    this.draws = Math.max(1, Math.floor(share * total));
    this.#slots = kernel.i32(total);
    for (let slot = 0, at = 0; slot < 2 * rows; slot++) {
      const end = at + (this.#copies[slot] as number);
      while (at < end) this.#slots[at++] = slot;
    }
    this.#isDrawn = kernel.u8(total);
    this.#taken = kernel.i32(2 * rows);
    this.#numbers = kernel.u32(NUMBERS);
    this.#sample = { sum: kernel.f64(rows), weight: kernel.f64(rows) };
  }

  /**
   * Weights of one sample a row, class weights included. The arrays stand in the kernel's memory and hold until the
   * next draw.
   */
  draw(random: SeededRandom): RowTargets {
    const copies = this.#slots.length;
    // The fewer are drawn: those that are in, or those that are left out.
    if (2 * this.draws <= copies) {
      this.#taken.fill(0);
      this.#drawCopies(this.draws, 1, random);
    } else {
      this.#taken.set(this.#copies);
      this.#drawCopies(copies - this.draws, -1, random);
    }
    const { sum, weight } = this.#sample;
    this.#kernel.run.weighSample(
      weight.length,
      this.#taken.byteOffset,
      this.#copyWeight.byteOffset,
      sum.byteOffset,
      weight.byteOffset,
    );
    return this.#sample;
  }

  /** Draws `count` copies, at most half of them all. */
  #drawCopies(count: number, step: 1 | -1, random: SeededRandom): void {
    this.#isDrawn.fill(0);
    for (let left = count; left > 0;) {
      random.fillUint32(this.#numbers);
      left = this.#kernel.run.drawCopies(
        left,
        step,
        this.#numbers.byteOffset,
        NUMBERS,
        this.#slots.length,
        this.#slots.byteOffset,
        this.#isDrawn.byteOffset,
        this.#taken.byteOffset,
      );
    }
  }
}
