import type { SeededRandom } from "@gillnet/entity";

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
  readonly #copies: number;
  // One entry a (row, class) pair that has weight.
  readonly #row: Int32Array;
  readonly #pairCopies: Int32Array;
  readonly #copyWeight: Float64Array;
  readonly #positive: Uint8Array;
  readonly #sample: RowTargets;
  /** A random number a copy. */
  readonly #chances: Uint32Array;

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
    const height = targets.weight.length;
    const row: number[] = [];
    const copies: number[] = [];
    const weight: number[] = [];
    const positive: number[] = [];
    const add = (ofRow: number, label: 0 | 1, pairWeight: number): void => {
      const count = Math.max(1, Math.round(pairWeight / weightUnit));
      const classWeight = label === 1 ? classWeights.positive : classWeights.negative;
      row.push(ofRow);
      copies.push(count);
      weight.push((classWeight * pairWeight) / count);
      positive.push(label);
    };
    for (let r = 0; r < height; r++) {
      const ofPositive = targets.sum[r] as number;
      const ofNegative = (targets.weight[r] as number) - ofPositive;
      if (ofNegative > 0) add(r, 0, ofNegative);
      if (ofPositive > 0) add(r, 1, ofPositive);
    }
    this.#copies = copies.reduce((sum, count) => sum + count, 0);
    this.draws = Math.max(1, Math.floor(share * this.#copies));
    this.#row = Int32Array.from(row);
    this.#pairCopies = Int32Array.from(copies);
    this.#copyWeight = Float64Array.from(weight);
    this.#positive = Uint8Array.from(positive);
    this.#chances = new Uint32Array(this.#copies);
    this.#sample = { sum: new Float64Array(height), weight: new Float64Array(height) };
  }

  /** Weights of one sample a row, class weights included. The arrays are the sampler's own and hold until the next draw. */
  draw(random: SeededRandom): RowTargets {
    const { sum, weight } = this.#sample;
    sum.fill(0);
    weight.fill(0);
    // Selection sampling (Knuth, 3.4.2, algorithm S): a copy is in with the chance (wanted / left).
    const chances = this.#chances;
    random.fillUint32(chances);
    const total = chances.length;
    let wanted = this.draws;
    let at = 0;
    for (let pair = 0; pair < this.#row.length; pair++) {
      const copies = this.#pairCopies[pair] as number;
      let taken = 0;
      for (let copy = 0; copy < copies; copy++) {
        const isIn = Number((chances[at] as number) * (total - at) < wanted * 4294967296);
        taken += isIn;
        wanted -= isIn;
        at++;
      }
      const row = this.#row[pair] as number;
      const drawn = taken * (this.#copyWeight[pair] as number);
      weight[row] = (weight[row] as number) + drawn;
      sum[row] = (sum[row] as number) + drawn * (this.#positive[pair] as number);
    }
    return this.#sample;
  }
}
