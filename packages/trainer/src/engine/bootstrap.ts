import type { SeededRandom } from "@gillnet/entity";

import { EQUAL_CLASSES } from "./dtypes.ts";
import type { ClassWeights, RowTargets } from "./dtypes.ts";

/**
 * Draws bootstrap samples of weighted rows: as many draws with replacement as the weights stand for rows,
 * each row with a probability in proportion to its weight.
 *
 * With integer weights this is the law of a bootstrap over the rows written out singly, scikit-learn's
 * included. With other weights a draw stands for `weightUnit`, so the sample keeps the expected weight of
 * every row and has whole counts all the same. Class weights have no part in the draws: as in scikit-learn they
 * multiply what was drawn.
 */
export class Bootstrap {
  /** How many draws a sample has. */
  readonly draws: number;
  // Walker's alias table over the (row, class) pairs that have weight: pair i is kept when the fraction of
  // the draw is under keep[i], else other[i] is taken.
  readonly #keep: Float64Array;
  readonly #other: Int32Array;
  /** How often each pair was drawn. */
  readonly #count: Int32Array;
  readonly #row: Int32Array;
  readonly #positive: Uint8Array;
  readonly #classWeights: ClassWeights;
  readonly #sample: RowTargets;

  /**
   * @param targets before class weights
   * @param weightUnit what one row weighs: 1 when all weights are integers
   */
  constructor(targets: RowTargets, weightUnit: number, classWeights: ClassWeights = EQUAL_CLASSES) {
    this.#classWeights = classWeights;
    const height = targets.weight.length;
    const row: number[] = [];
    const positive: number[] = [];
    const weight: number[] = [];
    const add = (ofRow: number, label: 0 | 1, pairWeight: number): void => {
      row.push(ofRow);
      positive.push(label);
      weight.push(pairWeight);
    };
    for (let r = 0; r < height; r++) {
      const ofPositive = targets.sum[r] as number;
      const ofNegative = (targets.weight[r] as number) - ofPositive;
      if (ofNegative > 0) add(r, 0, ofNegative);
      if (ofPositive > 0) add(r, 1, ofPositive);
    }
    const total = weight.reduce((sum, w) => sum + w, 0);
    this.draws = Math.max(1, Math.round(total / weightUnit));
    this.#count = new Int32Array(row.length);
    this.#row = Int32Array.from(row);
    this.#positive = Uint8Array.from(positive);
    const { keep, other } = aliasTable(weight, total);
    this.#keep = keep;
    this.#other = other;
    this.#sample = { sum: new Float64Array(height), weight: new Float64Array(height) };
  }

  /** Counts of one sample a row, times the class weights. The arrays are the bootstrap's own and hold until the next draw. */
  draw(random: SeededRandom): RowTargets {
    const { sum, weight } = this.#sample;
    const keep = this.#keep;
    const other = this.#other;
    const count = this.#count;
    const pairs = keep.length;
    count.fill(0);
    for (let i = 0; i < this.draws; i++) {
      // One 32-bit number is both the place and the fraction: a pair's chance is off by a part in 2^32 / pairs.
      const at = (random.uint32() * pairs) / 4294967296;
      const pair = Math.floor(at);
      const drawn = at - pair < (keep[pair] as number) ? pair : (other[pair] as number);
      count[drawn] = (count[drawn] as number) + 1;
    }
    const { positive, negative } = this.#classWeights;
    sum.fill(0);
    weight.fill(0);
    for (let pair = 0; pair < pairs; pair++) {
      const row = this.#row[pair] as number;
      const isPositive = this.#positive[pair] as number;
      const drawn = (count[pair] as number) * (isPositive === 1 ? positive : negative);
      weight[row] = (weight[row] as number) + drawn;
      sum[row] = (sum[row] as number) + drawn * isPositive;
    }
    return this.#sample;
  }
}

/** Vose's construction: every pair lends its surplus over the mean to one that lacks. O(pairs). */
function aliasTable(
  weight: readonly number[],
  total: number,
): { keep: Float64Array; other: Int32Array } {
  const pairs = weight.length;
  const keep = Float64Array.from(weight, (w) => (w * pairs) / total);
  const other = Int32Array.from(keep.keys());
  const light: number[] = [];
  const heavy: number[] = [];
  keep.forEach((share, pair) => (share < 1 ? light : heavy).push(pair));
  while (light.length > 0 && heavy.length > 0) {
    const small = light.pop() as number;
    const large = heavy[heavy.length - 1] as number;
    other[small] = large;
    keep[large] = (keep[large] as number) - (1 - (keep[small] as number));
    if (keep[large] < 1) {
      heavy.pop();
      light.push(large);
    }
  }
  // What is left over is 1 but for rounding.
  for (const pair of [...light, ...heavy]) keep[pair] = 1;
  return { keep, other };
}
