import { gini } from "./criterion.ts";
import type { Criterion } from "./criterion.ts";
import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { BinnedMatrix, ColumnBins } from "./dtypes.ts";
import { FilledBins } from "./filled-bins.ts";

/** A way to part a node in two. */
export interface Split {
  feature: number;
  /** The children's costs added up: the lower the better. */
  cost: number;
  leftSum: number;
  leftWeight: number;
  /** Whether the missing cells go left: as the finder decides where the node has some, else with the heavier child. */
  missingLeft: boolean;
  /**
   * Numeric columns: the bound runs between these two bins, which are neighbours among the node's filled bins.
   * `rightBin` is -1 when all values go left and the missing cells right.
   */
  leftBin: number;
  rightBin: number;
  /** The bound in raw values where it is drawn; NaN where it is the midpoint between the two bins. */
  bound: number;
  /** Per bin of the column, 1 when it goes left; one cell more for the missing cells. */
  readonly goesLeft: Uint8Array;
}

/** A split that parts nothing yet. */
export function noSplit(): Split {
  return {
    feature: -1,
    cost: Infinity,
    leftSum: 0,
    leftWeight: 0,
    missingLeft: false,
    leftBin: -1,
    rightBin: -1,
    bound: NaN,
    goesLeft: new Uint8Array(MAX_VALUE_BINS + 1),
  };
}

/** Lightest child to consider in a node: below a trillionth of the node a weight may be all rounding. */
export function leastChildWeight(minLeafWeight: number, nodeWeight: number): number {
  return Math.max(minLeafWeight, nodeWeight * 1e-12);
}

/** Completes `goesLeft` of a numeric split, and for any split the cell of the missing ones. */
export function completeGoesLeft(split: Split, bins: ColumnBins): void {
  if (bins.kind === "numeric") {
    split.goesLeft.fill(1, 0, split.leftBin + 1);
    split.goesLeft.fill(0, split.leftBin + 1, bins.valueBins);
  }
  split.goesLeft[bins.valueBins] = split.missingLeft ? 1 : 0;
}

/**
 * Looks for the best split of one node after another, column by column.
 *
 * Numeric columns are tried at every bound between two neighbouring filled bins, from the lowest. Categories
 * are put in order of their share (sum / weight), which for two classes holds the best subset among its
 * prefixes (Breiman et al. 1984, 4.2.2). Where the node has missing cells, every bound is tried with them on
 * the right, then values against missing, then every bound with them on the left.
 *
 * Of equal costs the first one looked at stays: so the lowest bound within a column, and the lowest feature
 * when columns are shown in order.
 */
export class SplitFinder {
  readonly best: Split = noSplit();
  readonly #binned: BinnedMatrix;
  readonly #criterion: Criterion;
  readonly #minLeafWeight: number;
  readonly #filled: FilledBins = new FilledBins();
  readonly #share: Float64Array = new Float64Array(MAX_VALUE_BINS);
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

  /** Tries a column's splits in the histogram of the node. Returns false when the column is constant there. */
  tryColumn(feature: number, histogram: Float64Array): boolean {
    const bins = this.#binned.columns[feature] as ColumnBins;
    const filled = this.#filled;
    filled.readHistogram(bins, histogram, 2 * (this.#binned.binStart[feature] as number));
    if (filled.isConstant) return false;
    const costBefore = this.best.cost;
    if (bins.kind === "categorical") this.#orderByShare(filled);
    const hasMissing = filled.missingWeight > 0;
    this.#tryBounds(feature, filled, 0, 0, hasMissing);
    if (hasMissing) {
      this.#tryBounds(feature, filled, filled.missingSum, filled.missingWeight, true);
    }
    if (bins.kind === "categorical" && this.best.cost < costBefore) {
      this.#keepCategories(filled, bins.valueBins);
    }
    return true;
  }

  /** Bounds in order, the left child starting from the given sums: those of the missing cells, or 0. */
  #tryBounds(
    feature: number,
    filled: FilledBins,
    startSum: number,
    startWeight: number,
    hasMissing: boolean,
  ): void {
    const { count, sum, weight } = filled;
    const best = this.best;
    const criterion = this.#criterion;
    // The call through the criterion costs as much as all the rest, so the usual one is written out.
    const isGini = criterion === gini;
    const nodeSum = this.#sum;
    const nodeWeight = this.#weight;
    const leastWeight = this.#leastWeight;
    const missingOnLeft = startWeight > 0;
    let leftSum = startSum;
    let leftWeight = startWeight;
    let bestCost = best.cost;
    let bestAt = -1;
    let bestSum = 0;
    let bestWeight = 0;
    // With the missing cells on the right, "all values left" is a bound as well.
    const bounds = hasMissing && !missingOnLeft ? count : count - 1;
    for (let i = 0; i < bounds; i++) {
      leftSum += sum[i] as number;
      leftWeight += weight[i] as number;
      const rightWeight = nodeWeight - leftWeight;
      if (leftWeight < leastWeight || rightWeight < leastWeight) continue;
      const rightSum = nodeSum - leftSum;
      const cost = isGini
        ? (2 * leftSum * (leftWeight - leftSum)) / leftWeight +
          (2 * rightSum * (rightWeight - rightSum)) / rightWeight
        : criterion.cost(leftSum, leftWeight) + criterion.cost(rightSum, rightWeight);
      if (cost < bestCost) {
        bestCost = cost;
        bestAt = i;
        bestSum = leftSum;
        bestWeight = leftWeight;
      }
    }
    if (bestAt < 0) return;
    best.feature = feature;
    best.cost = bestCost;
    best.leftSum = bestSum;
    best.leftWeight = bestWeight;
    best.missingLeft = hasMissing ? missingOnLeft : bestWeight > nodeWeight - bestWeight;
    best.leftBin = filled.bin[bestAt] as number;
    best.rightBin = bestAt + 1 < count ? (filled.bin[bestAt + 1] as number) : -1;
  }

  /** Sorts the filled bins by share, ties by bin. Insertion sort: columns of many filled bins are rare. */
  #orderByShare({ count, bin, sum, weight }: FilledBins): void {
    const shares = this.#share;
    for (let i = 0; i < count; i++) {
      const b = bin[i] as number;
      const s = sum[i] as number;
      const w = weight[i] as number;
      const share = s / w;
      let at = i;
      for (; at > 0 && (shares[at - 1] as number) > share; at--) {
        shares[at] = shares[at - 1] as number;
        bin[at] = bin[at - 1] as number;
        sum[at] = sum[at - 1] as number;
        weight[at] = weight[at - 1] as number;
      }
      shares[at] = share;
      bin[at] = b;
      sum[at] = s;
      weight[at] = w;
    }
  }

  /** Notes which categories go left; those that the node has none of go with the heavier child. */
  #keepCategories({ count, bin }: FilledBins, valueBins: number): void {
    const best = this.best;
    best.goesLeft.fill(best.leftWeight > this.#weight - best.leftWeight ? 1 : 0, 0, valueBins);
    let left = 1;
    for (let i = 0; i < count; i++) {
      const b = bin[i] as number;
      best.goesLeft[b] = left;
      if (b === best.leftBin) left = 0;
    }
  }

  /** Completes `best.goesLeft` for the chosen split. */
  finish(): void {
    completeGoesLeft(this.best, this.#binned.columns[this.best.feature] as ColumnBins);
  }
}
