import type { SeededRandom } from "@gillnet/entity";

import { drawBinomial } from "./binomial.ts";
import { classPairs } from "./class-pairs.ts";
import { EQUAL_CLASSES } from "./dtypes.ts";
import type { ClassWeights, RowTargets } from "./dtypes.ts";

/** With more draws than this for each thing that can be drawn, one number tells how often it was, not one a draw. */
const DRAWS_A_PAIR = 8;

/** Rows that are drawn from at a time: what is read and counted of so many stays in the cache. */
const ROWS_AT_ONCE = 16_384;

/** Random numbers that are made at a time. */
const NUMBERS_AT_ONCE = 4096;

/**
 * Draws bootstrap samples of weighted rows: as many draws with replacement as the weights stand for rows,
 * each row with a probability in proportion to its weight.
 *
 * With integer weights this is the law of a bootstrap over the rows written out singly, scikit-learn's
 * included. With other weights a draw stands for `weightUnit`, so the sample keeps the expected weight of
 * every row and has whole counts all the same. Class weights have no part in the draws: as in scikit-learn they
 * multiply what was drawn.
 *
 * What is drawn are (row, class) pairs, in the order of the rows. Few rows behind a pair: every draw picks a row
 * as if all were written out. Many, or no whole number: pair after pair gets its share of the draws that are left,
 * a binomial number, which is the same law.
 */
export class Bootstrap {
  /** How many draws a sample has. */
  readonly draws: number;
  /** Per pair: its row, 1 for the positive class, and its weight before class weights. */
  readonly row: Int32Array;
  readonly positive: Uint8Array;
  readonly weight: Float64Array;
  /** How often each pair was drawn for the last sample. */
  readonly count: Int32Array;
  /** Whether all weights are integers. */
  readonly isWhole: boolean;
  readonly #total: number;
  /** The pair of each row written out; null when counts are drawn. */
  readonly #pairOf: Int32Array | null;
  readonly #numbers: Uint32Array = new Uint32Array(NUMBERS_AT_ONCE);
  readonly #classWeights: ClassWeights;
  readonly #sample: RowTargets;

  /**
   * @param targets before class weights
   * @param weightUnit what one row weighs: 1 when all weights are integers
   */
  constructor(targets: RowTargets, weightUnit: number, classWeights: ClassWeights = EQUAL_CLASSES) {
    this.#classWeights = classWeights;
    const { row, positive, weight } = classPairs(targets);
    const height = targets.weight.length;
    const pairs = row.length;
    let total = 0;
    let isWhole = true;
    for (let pair = 0; pair < pairs; pair++) {
      total += weight[pair] as number;
      isWhole &&= Number.isInteger(weight[pair]);
    }
    this.draws = Math.max(1, Math.round(total / weightUnit));
    this.row = row;
    this.positive = positive;
    this.weight = weight;
    this.isWhole = isWhole;
    this.#total = total;
    this.count = new Int32Array(pairs);
    this.#pairOf = isWhole && isDrawnSingly(total, pairs) ? pairOfEach(this.weight, total) : null;
    this.#sample = { sum: new Float64Array(height), weight: new Float64Array(height) };
  }

  /** Counts of one sample a row, times the class weights. The arrays are the bootstrap's own and hold until the next draw. */
  draw(random: SeededRandom): RowTargets {
    if (this.#pairOf === null) this.#drawCounts(random);
    else this.#drawRows(this.#pairOf, random);
    const { sum, weight } = this.#sample;
    const count = this.count;
    const rowOf = this.row;
    const isPositive = this.positive;
    const { positive, negative } = this.#classWeights;
    sum.fill(0);
    weight.fill(0);
    for (let pair = 0; pair < count.length; pair++) {
      const row = rowOf[pair] as number;
      const ofClass = isPositive[pair] as number;
      const drawn = (count[pair] as number) * (ofClass === 1 ? positive : negative);
      weight[row] = (weight[row] as number) + drawn;
      sum[row] = (sum[row] as number) + drawn * ofClass;
    }
    return this.#sample;
  }

  #drawRows(pairOf: Int32Array, random: SeededRandom): void {
    this.count.fill(0);
    drawsOfStretches(this.draws, pairOf.length, random).forEach((draws, stretch) => {
      const start = stretch * ROWS_AT_ONCE;
      this.#drawFrom(pairOf.subarray(start, start + ROWS_AT_ONCE), draws, random);
    });
  }

  #drawFrom(pairOf: Int32Array, draws: number, random: SeededRandom): void {
    const { count } = this;
    const scale = pairOf.length / 4294967296;
    for (let left = draws; left > 0; left -= NUMBERS_AT_ONCE) {
      const numbers = this.#numbers.subarray(0, Math.min(left, NUMBERS_AT_ONCE));
      random.fillUint32(numbers);
      for (let i = 0; i < numbers.length; i++) {
        // Scaling 32 bits: a row's chance is off by less than a part in 2^32 / rows of the stretch.
        const pair = pairOf[((numbers[i] as number) * scale) | 0] as number;
        count[pair] = (count[pair] as number) + 1;
      }
    }
  }

  #drawCounts(random: SeededRandom): void {
    const count = this.count;
    const weight = this.weight;
    const last = count.length - 1;
    let drawsLeft = this.draws;
    let weightLeft = this.#total;
    for (let pair = 0; pair < last; pair++) {
      const ofPair = weight[pair] as number;
      const times = drawBinomial(drawsLeft, ofPair / weightLeft, random);
      count[pair] = times;
      drawsLeft -= times;
      weightLeft -= ofPair;
    }
    count[last] = drawsLeft;
  }
}

/** Whether draws are made one by one, of `total` rows written out. */
export function isDrawnSingly(total: number, pairs: number): boolean {
  return total <= DRAWS_A_PAIR * pairs;
}

/**
 * How many draws fall into each stretch of rows written out, which the draws themselves are then made in, stretch by
 * stretch. The last stretch may be shorter than ROWS_AT_ONCE.
 */
export function drawsOfStretches(draws: number, rows: number, random: SeededRandom): Int32Array {
  const ofStretch = new Int32Array(Math.ceil(rows / ROWS_AT_ONCE));
  let left = draws;
  for (let stretch = 0; stretch < ofStretch.length; stretch++) {
    const rest = rows - stretch * ROWS_AT_ONCE;
    const drawn = drawBinomial(left, Math.min(1, ROWS_AT_ONCE / rest), random);
    ofStretch[stretch] = drawn;
    left -= drawn;
  }
  return ofStretch;
}

/** The pair of each of `total` rows, `weight[pair]` of them for every pair. */
function pairOfEach(weight: Float64Array, total: number): Int32Array {
  const pairOf = new Int32Array(total);
  let at = 0;
  for (let pair = 0; pair < weight.length; pair++) {
    const end = at + (weight[pair] as number);
    pairOf.fill(pair, at, end);
    at = end;
  }
  return pairOf;
}
