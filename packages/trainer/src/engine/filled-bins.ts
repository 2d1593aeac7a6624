import { MAX_VALUE_BINS } from "./dtypes.ts";
import type { ColumnBins } from "./dtypes.ts";

/**
 * What one node has of one column: its filled value bins, ascending, each with the sums of its targets, and
 * the missing cells apart. One object serves one column after the other.
 */
export class FilledBins {
  /** How many entries of the arrays are in use. */
  count = 0;
  readonly bin: Int32Array = new Int32Array(MAX_VALUE_BINS + 1);
  readonly sum: Float64Array = new Float64Array(MAX_VALUE_BINS + 1);
  readonly weight: Float64Array = new Float64Array(MAX_VALUE_BINS + 1);
  missingSum = 0;
  /** 0 when the node has no missing cell here. */
  missingWeight = 0;

  /** Reads a column's bins from cells of [sum, weight], the column's first at `first`. */
  readHistogram(bins: ColumnBins, histogram: Float64Array, first: number): void {
    const { bin, sum, weight } = this;
    let filled = 0;
    for (let b = 0; b < bins.valueBins; b++) {
      const w = histogram[first + 2 * b + 1] as number;
      if (w > 0) {
        bin[filled] = b;
        sum[filled] = histogram[first + 2 * b] as number;
        weight[filled] = w;
        filled++;
      }
    }
    this.count = filled;
    const missing = first + 2 * bins.valueBins;
    this.missingSum = bins.hasMissing ? (histogram[missing] as number) : 0;
    this.missingWeight = bins.hasMissing ? (histogram[missing + 1] as number) : 0;
  }

  /** Whether the node's rows are all alike in the column. */
  get isConstant(): boolean {
    return this.count < (this.missingWeight > 0 ? 1 : 2);
  }
}
