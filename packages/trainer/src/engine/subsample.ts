import type { SeededRandom } from "@gillnet/entity";

import { classPairs } from "./class-pairs.ts";
import type { ClassPairs } from "./class-pairs.ts";
import { EQUAL_CLASSES } from "./dtypes.ts";
import type { ClassWeights, RowTargets } from "./dtypes.ts";

/**
 * Draws a share of weighted rows without replacement, each row that a weight stands for by itself: a distinct
 * row of weight 3 may be in with any number of copies from 0 to 3. With integer weights this is the law of
 * scikit-learn's subsample over the rows written out singly. Other weights are cut into equal copies of
 * about `weightUnit`. Class weights have no part in the draws: they multiply what was drawn.
 */
export class Subsample {
  /** How many copies a sample has. */
  readonly draws: number;
  readonly #pairs: ClassPairs;
  /** Copies of each pair, and what one of them weighs. */
  readonly #copies: Int32Array;
  readonly #copyWeight: Float64Array;
  /** The pair of each copy. */
  readonly #pairOf: Int32Array;
  /** Which copies were drawn, and how many of each pair are in the sample. */
  readonly #isDrawn: Uint8Array;
  readonly #taken: Int32Array;
  readonly #sample: RowTargets;

  /**
   * @param targets before class weights
   * @param share of the copies, above 0 and at most 1; at least one copy is drawn
   * @param weightUnit what one row weighs: 1 when all weights are integers
   */
  constructor(
    targets: RowTargets,
    share: number,
    weightUnit: number,
    classWeights: ClassWeights = EQUAL_CLASSES,
  ) {
    this.#pairs = classPairs(targets);
    const { weight, positive } = this.#pairs;
    const pairs = weight.length;
    this.#copies = new Int32Array(pairs);
    this.#copyWeight = new Float64Array(pairs);
    let total = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const copies = Math.max(1, Math.round((weight[pair] as number) / weightUnit));
      this.#copies[pair] = copies;
      const classWeight = positive[pair] === 1 ? classWeights.positive : classWeights.negative;
      this.#copyWeight[pair] = (classWeight * (weight[pair] as number)) / copies;
      total += copies;
    }
    this.draws = Math.max(1, Math.floor(share * total));
    this.#pairOf = new Int32Array(total);
    for (let pair = 0, at = 0; pair < pairs; pair++) {
      const end = at + (this.#copies[pair] as number);
      this.#pairOf.fill(pair, at, end);
      at = end;
    }
    this.#isDrawn = new Uint8Array(total);
    this.#taken = new Int32Array(pairs);
    const height = targets.weight.length;
    this.#sample = { sum: new Float64Array(height), weight: new Float64Array(height) };
  }

  /** Weights of one sample a row, class weights included. The arrays are the sampler's own and hold until the next draw. */
  draw(random: SeededRandom): RowTargets {
    const copies = this.#pairOf.length;
    const taken = this.#taken;
    // The fewer are drawn: those that are in, or those that are left out.
    if (2 * this.draws <= copies) {
      taken.fill(0);
      this.#drawCopies(this.draws, 1, random);
    } else {
      taken.set(this.#copies);
      this.#drawCopies(copies - this.draws, -1, random);
    }
    const { row, positive } = this.#pairs;
    const { sum, weight } = this.#sample;
    sum.fill(0);
    weight.fill(0);
    for (let pair = 0; pair < row.length; pair++) {
      const at = row[pair] as number;
      const drawn = (taken[pair] as number) * (this.#copyWeight[pair] as number);
      weight[at] = (weight[at] as number) + drawn;
      sum[at] = (sum[at] as number) + drawn * (positive[pair] as number);
    }
    return this.#sample;
  }

  /** Draws `count` copies, at most half of them all: one that was drawn before is drawn again. */
  #drawCopies(count: number, step: 1 | -1, random: SeededRandom): void {
    const isDrawn = this.#isDrawn;
    const pairOf = this.#pairOf;
    const taken = this.#taken;
    const copies = pairOf.length;
    isDrawn.fill(0);
    for (let left = count; left > 0;) {
      // Scaling 32 bits is unfair by less than copies / 2^32, and far cheaper than a remainder.
      const copy = Math.floor((random.uint32() * copies) / 4294967296);
      const isNew = 1 - (isDrawn[copy] as number);
      isDrawn[copy] = 1;
      const pair = pairOf[copy] as number;
      taken[pair] = (taken[pair] as number) + step * isNew;
      left -= isNew;
    }
  }
}
