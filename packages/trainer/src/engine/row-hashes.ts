import type { RowMajorNumbers } from "./dtypes.ts";
import { RowBlocks } from "./rows/row-blocks.ts";
import { RowKernel } from "./rows/row-kernel.ts";

/**
 * Hashes each row's numbers to 32 bits that are as good as random: equal rows have equal hashes, whatever holds them;
 * -0 is 0 and one NaN is like another. O(cells).
 *
 * @param visit called with the number of a row and the hashes from that row on, which hold until it returns
 */
export function hashRows(
  x: RowMajorNumbers,
  visit: (start: number, hashes: Uint32Array) => void,
): void {
  RowKernel.use((kernel) => {
    const blocks = new RowBlocks(kernel, x);
    const at = kernel.reserve(blocks.size * 4);
    blocks.forEach((start, count) => {
      kernel.run.hashNumbers(blocks.at, count, x.cols, at);
      visit(start, kernel.u32(at, count));
    });
  });
}
