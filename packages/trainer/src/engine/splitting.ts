import type { Criterion } from "./criterion.ts";
import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { BinnedMatrix } from "./dtypes.ts";

/** A way to part a node in two. */
export interface Split {
  feature: number;
  /** The children's costs added up: the lower the better. */
  cost: number;
  leftSum: number;
  leftWeight: number;
  /** Whether the missing cells go left: as is best where the node has some, else with the heavier child. */
  missingLeft: boolean;
  /**
   * Numeric columns: the bound runs between these two bins, which are neighbours among the node's filled bins.
   * `rightBin` is -1 when all values go left and the missing cells right.
   */
  leftBin: number;
  rightBin: number;
  /** Per bin of the column, 1 when it goes left; one cell more for the missing cells. */
  readonly goesLeft: Uint8Array;
}

/**
 * Looks for the best split of one node after another, column by column, in histograms.
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
  readonly best: Split = {
    feature: -1,
    cost: Infinity,
    leftSum: 0,
    leftWeight: 0,
    missingLeft: false,
    leftBin: -1,
    rightBin: -1,
    goesLeft: new Uint8Array(MAX_VALUE_BINS + 1),
  };

  readonly #binned: BinnedMatrix;
  readonly #criterion: Criterion;
  readonly #minLeafWeight: number;
  /** The column's filled value bins in the order in which they are tried. */
  readonly #order: Int32Array = new Int32Array(MAX_VALUE_BINS);
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
    // Below a trillionth of the node a weight may be all rounding.
    this.#leastWeight = Math.max(this.#minLeafWeight, weight * 1e-12);
    this.best.feature = -1;
    this.best.cost = Infinity;
  }

  /** Tries a column's splits. Returns false when the column is constant in the node. */
  tryColumn(feature: number, histogram: Float64Array): boolean {
    const bins = this.#binned.columns[feature] as BinnedMatrix["columns"][number];
    const first = 2 * (this.#binned.binStart[feature] as number);
    const order = this.#order;
    let filled = 0;
    for (let bin = 0; bin < bins.valueBins; bin++) {
      if ((histogram[first + 2 * bin + 1] as number) > 0) order[filled++] = bin;
    }
    const missing = first + 2 * bins.valueBins;
    const missingWeight = bins.hasMissing ? (histogram[missing + 1] as number) : 0;
    const hasMissing = missingWeight > 0;
    if (filled < (hasMissing ? 1 : 2)) return false;

    const costBefore = this.best.cost;
    if (bins.kind === "categorical") this.#orderByShare(filled, first, histogram);
    this.#tryBounds(feature, filled, first, histogram, 0, 0, hasMissing);
    if (hasMissing) {
      this.#tryBounds(
        feature,
        filled,
        first,
        histogram,
        histogram[missing] as number,
        missingWeight,
        true,
      );
    }
    if (bins.kind === "categorical" && this.best.cost < costBefore) {
      this.#keepCategories(filled, bins.valueBins);
    }
    return true;
  }

  /** Bounds in `#order`, the left child starting from the given sums: those of the missing cells, or 0. */
  #tryBounds(
    feature: number,
    filled: number,
    first: number,
    histogram: Float64Array,
    startSum: number,
    startWeight: number,
    hasMissing: boolean,
  ): void {
    const order = this.#order;
    const best = this.best;
    const criterion = this.#criterion;
    const leastWeight = this.#leastWeight;
    const missingOnLeft = startWeight > 0;
    let leftSum = startSum;
    let leftWeight = startWeight;
    // With the missing cells on the right, "all values left" is a bound as well.
    const bounds = hasMissing && !missingOnLeft ? filled : filled - 1;
    for (let i = 0; i < bounds; i++) {
      const bin = order[i] as number;
      leftSum += histogram[first + 2 * bin] as number;
      leftWeight += histogram[first + 2 * bin + 1] as number;
      const rightWeight = this.#weight - leftWeight;
      if (leftWeight < leastWeight || rightWeight < leastWeight) continue;
      const cost =
        criterion.cost(leftSum, leftWeight) + criterion.cost(this.#sum - leftSum, rightWeight);
      if (cost < best.cost) {
        best.feature = feature;
        best.cost = cost;
        best.leftSum = leftSum;
        best.leftWeight = leftWeight;
        best.missingLeft = hasMissing ? missingOnLeft : leftWeight > rightWeight;
        best.leftBin = bin;
        best.rightBin = i + 1 < filled ? (order[i + 1] as number) : -1;
      }
    }
  }

  /** Sorts the filled bins by share, ties by bin. Insertion sort: columns of many filled bins are rare. */
  #orderByShare(filled: number, first: number, histogram: Float64Array): void {
    const order = this.#order;
    const shares = this.#share;
    for (let i = 0; i < filled; i++) {
      const bin = order[i] as number;
      const share =
        (histogram[first + 2 * bin] as number) / (histogram[first + 2 * bin + 1] as number);
      let at = i;
      for (; at > 0 && (shares[at - 1] as number) > share; at--) {
        shares[at] = shares[at - 1] as number;
        order[at] = order[at - 1] as number;
      }
      shares[at] = share;
      order[at] = bin;
    }
  }

  /** Notes which categories go left; those that the node has none of go with the heavier child. */
  #keepCategories(filled: number, valueBins: number): void {
    const best = this.best;
    const order = this.#order;
    best.goesLeft.fill(best.leftWeight > this.#weight - best.leftWeight ? 1 : 0, 0, valueBins);
    let left = 1;
    for (let i = 0; i < filled; i++) {
      const bin = order[i] as number;
      best.goesLeft[bin] = left;
      if (bin === best.leftBin) left = 0;
    }
  }

  /** Completes `best.goesLeft` for the chosen split. */
  finish(): void {
    const { best } = this;
    const bins = this.#binned.columns[best.feature] as BinnedMatrix["columns"][number];
    if (bins.kind === "numeric") {
      best.goesLeft.fill(1, 0, best.leftBin + 1);
      best.goesLeft.fill(0, best.leftBin + 1, bins.valueBins);
    }
    best.goesLeft[bins.valueBins] = best.missingLeft ? 1 : 0;
  }
}
