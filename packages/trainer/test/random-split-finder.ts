import type { SeededRandom } from "@gillnet/entity";

import type { Criterion } from "../src/engine/criterion.ts";
import { MAX_VALUE_BINS } from "../src/engine/dtypes.ts";
import type { BinnedMatrix, ColumnBins, NumericBins } from "../src/engine/dtypes.ts";
import type { FilledBins } from "../src/engine/filled-bins.ts";
import { leastChildWeight, noSplit } from "../src/engine/splitting.ts";
import type { Split } from "../src/engine/splitting.ts";
import { boundBetween } from "../src/engine/tree-predictor.ts";

/**
 * Draws one split of each column that it is shown and keeps the best of them (Geurts, Ernst and Wehenkel 2006,
 * "Extremely randomized trees"; scikit-learn's ExtraTreesClassifier).
 *
 * - Numeric columns: the bound is uniform between the lowest and the highest raw value that the node has, the
 *   highest excluded. Where the column has a bin a value, that is the law to the letter. A bin of several
 *   values is not cut: a bound that falls inside moves to the nearer end of the bin, but the node's lowest bin
 *   goes left and its highest right.
 * - Categorical columns: each category that the node has goes left with even chances, all drawn again while one
 *   side is empty. Categories that the node has none of go with the heavier child.
 * - Missing cells go to a side drawn with even chances. Where the values of the node are all one, the missing
 *   cells are parted from them when they are drawn to the right, and the column is passed over when to the left.
 *
 * A split with too light a child is passed over. Of equal costs the first one looked at stays. All as in
 * scikit-learn 1.9, which has no categorical columns and no bins of several values.
 */
export class RandomSplitFinder {
  readonly best: Split = noSplit();
  readonly #binned: BinnedMatrix;
  readonly #criterion: Criterion;
  readonly #minLeafWeight: number;
  // The split that is being tried.
  #leftBin = -1;
  #rightBin = -1;
  #bound = NaN;
  readonly #goesLeft: Uint8Array = new Uint8Array(MAX_VALUE_BINS);
  #sum = 0;
  #weight = 0;
  #leastWeight = 0;

  /** @param minLeafWeight a child must weigh at least this, and more than nothing */
  constructor(binned: BinnedMatrix, criterion: Criterion, minLeafWeight: number) {
    this.#binned = binned;
    this.#criterion = criterion;
    this.#minLeafWeight = minLeafWeight;
  }

  /** Forgets the last node and starts on one with these totals. */
  begin(sum: number, weight: number): void {
    this.#sum = sum;
    this.#weight = weight;
    this.#leastWeight = leastChildWeight(this.#minLeafWeight, weight);
    this.best.feature = -1;
    this.best.cost = Infinity;
  }

  /** Draws a split of a column and tries it. Returns false when the column is constant in the node. */
  tryFilled(feature: number, filled: FilledBins, random: SeededRandom): boolean {
    if (filled.isConstant) return false;
    const bins = this.#binned.columns[feature] as ColumnBins;
    const { bin, sum, weight, count } = filled;
    const hasMissing = filled.missingWeight > 0;
    const missingLeft = hasMissing && random.uint32() >= 2147483648;
    // One value and missing cells on one side: that parts nothing.
    if (missingLeft && count === 1) return true;
    this.#leftBin = bin[count - 1] as number;
    this.#rightBin = -1;
    this.#bound = NaN;
    if (bins.kind === "categorical") this.#drawSubset(filled, random);
    else if (count > 1) this.#drawBound(bins, bin[0] as number, this.#leftBin, random);

    const goesLeft = bins.kind === "categorical" ? this.#goesLeft : null;
    let leftSum = missingLeft ? filled.missingSum : 0;
    let leftWeight = missingLeft ? filled.missingWeight : 0;
    for (let i = 0; i < count; i++) {
      const b = bin[i] as number;
      if (goesLeft === null ? b > this.#leftBin : goesLeft[b] === 0) continue;
      leftSum += sum[i] as number;
      leftWeight += weight[i] as number;
    }
    const rightWeight = this.#weight - leftWeight;
    if (leftWeight < this.#leastWeight || rightWeight < this.#leastWeight) return true;
    const criterion = this.#criterion;
    const total =
      criterion.cost(leftSum, leftWeight) + criterion.cost(this.#sum - leftSum, rightWeight);
    const { best } = this;
    if (total >= best.cost) return true;
    best.feature = feature;
    best.cost = total;
    best.leftSum = leftSum;
    best.leftWeight = leftWeight;
    best.missingLeft = hasMissing ? missingLeft : leftWeight > rightWeight;
    best.leftBin = this.#leftBin;
    best.rightBin = this.#rightBin;
    best.bound = this.#bound;
    if (goesLeft !== null) this.#keepCategories(filled, bins.valueBins, leftWeight > rightWeight);
    return true;
  }

  /** A bound between two bins of the node, `lowest` the first and `highest` the last that it has. */
  #drawBound(bins: NumericBins, lowest: number, highest: number, random: SeededRandom): void {
    const from = bins.lowest[lowest] as number;
    const to = bins.highest[highest] as number;
    const share = random.uniform();
    // Two products, so that no difference overflows.
    let bound = from * (1 - share) + to * share;
    if (bound >= to) bound = from;
    // The last bin that starts at or below the bound.
    let leftBin = lowest;
    let above = highest + 1;
    while (above - leftBin > 1) {
      const middle = (leftBin + above) >>> 1;
      if ((bins.lowest[middle] as number) <= bound) leftBin = middle;
      else above = middle;
    }
    const start = bins.lowest[leftBin] as number;
    const end = bins.highest[leftBin] as number;
    const isInside = bound < end;
    const isNearStart = isInside && bound - start < end - bound;
    if (leftBin > lowest && (leftBin === highest || isNearStart)) leftBin--;
    this.#leftBin = leftBin;
    this.#rightBin = leftBin + 1;
    this.#bound = isInside ? boundBetween(bins, leftBin, leftBin + 1) : bound;
  }

  /** Some but not all of the categories that the node has; the one that it has when there is no other. */
  #drawSubset({ bin, count }: FilledBins, random: SeededRandom): void {
    const goesLeft = this.#goesLeft;
    goesLeft[bin[0] as number] = 1;
    if (count === 1) return;
    let left: number;
    do {
      left = 0;
      for (let i = 0; i < count; i++) {
        const side = random.uint32() >>> 31;
        goesLeft[bin[i] as number] = side;
        left += side;
      }
    } while (left === 0 || left === count);
  }

  #keepCategories({ bin, count }: FilledBins, valueBins: number, others: boolean): void {
    const kept = this.best.goesLeft;
    kept.fill(Number(others), 0, valueBins);
    for (let i = 0; i < count; i++) {
      const b = bin[i] as number;
      kept[b] = this.#goesLeft[b] as number;
    }
  }
}
