import type { RowMajorF64 } from "@gillnet/entity";

import type { BinnedMatrix } from "../dtypes.ts";
import type { GrownTree } from "../grown-tree.ts";
import type { ForestKernel } from "./kernel.ts";

/**
 * What a forest's trees answer for some rows of the table, added up tree by tree as they are grown, in the kernel's
 * memory: a size is scored without a model of that size.
 */
export class ForestVotes {
  readonly #kernel: ForestKernel;
  readonly #rows: Int32Array;
  /** Address of the rows' own numbers; 0 when no bound can run through a bin. */
  readonly #values: number;
  readonly #sums: Float64Array;
  #trees = 0;

  /**
   * @param kernel the one that grows the trees
   * @param rows indices of the rows
   * @param x the table's numbers
   */
  constructor(kernel: ForestKernel, binned: BinnedMatrix, rows: Int32Array, x: RowMajorF64) {
    const { cols } = binned.codes;
    this.#kernel = kernel;
    const list = kernel.reserve(4 * rows.length);
    const sums = kernel.reserve(8 * rows.length);
    this.#values = hasWideBins(binned) ? kernel.reserve(8 * rows.length * cols) : 0;
    this.#rows = new Int32Array(kernel.buffer, list, rows.length);
    this.#sums = new Float64Array(kernel.buffer, sums, rows.length).fill(0);
    this.#rows.set(rows);
    if (this.#values === 0) return;
    const values = new Float64Array(kernel.buffer, this.#values, rows.length * cols);
    rows.forEach((row, at) => {
      values.set(x.data.subarray(row * cols, (row + 1) * cols), at * cols);
    });
  }

  /** Adds the answers of the tree that the kernel grew last. O(rows * depth). */
  add(tree: GrownTree): void {
    const { byteOffset, length } = this.#rows;
    const answers = this.#sums.byteOffset;
    this.#kernel.run.addVotes(tree.count, byteOffset, length, this.#values, answers);
    this.#trees++;
  }

  /** The mean answer of the trees so far, a row. */
  means(): Float64Array {
    return Float64Array.from(this.#sums, (sum) => sum / this.#trees);
  }
}

/** Whether a numeric column has bins of several values. */
function hasWideBins({ columns }: BinnedMatrix): boolean {
  return columns.some(
    (bins) =>
      bins.kind === "numeric" &&
      bins.lowest.some((low, bin) => bin < bins.valueBins && low !== bins.highest[bin]),
  );
}
