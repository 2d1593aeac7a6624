import type { RowMajorNumbers } from "../dtypes.ts";
import type { RowKernel } from "./row-kernel.ts";

/** A block takes this much, so that it stays in the cache between two looks at it. */
const BLOCK_BYTES = 2 ** 17;
const MOST_ROWS = 1024;

/** Brings rows of a matrix into a kernel's memory, block by block. */
export class RowBlocks {
  /** Rows of a block, but for the last one. */
  readonly size: number;
  /** Address of the block. */
  readonly at: number;
  readonly #x: RowMajorNumbers;
  readonly #cells: Float64Array | Uint8Array;

  /** @param bytes whether cells stay bytes, as the matrix has them; else they become float64 */
  constructor(kernel: RowKernel, x: RowMajorNumbers, bytes: boolean = false) {
    const width = x.cols * (bytes ? 1 : 8);
    this.size = Math.min(MOST_ROWS, Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, width))));
    this.at = kernel.reserve(this.size * width);
    const cells = this.size * x.cols;
    this.#cells = bytes ? kernel.u8(this.at, cells) : kernel.f64(this.at, cells);
    this.#x = x;
  }

  /** Calls `visit` for each block once it is there. */
  forEach(visit: (start: number, count: number) => void): void {
    const { data, rows, cols } = this.#x;
    for (let start = 0; start < rows; start += this.size) {
      const count = Math.min(this.size, rows - start);
      this.#cells.set(data.subarray(start * cols, (start + count) * cols));
      visit(start, count);
    }
  }
}
