import type { RowMajorNumbers } from "./dtypes.ts";
import { RowBlocks } from "./rows/row-blocks.ts";
import { RowKernel } from "./rows/row-kernel.ts";

/**
 * A hash of each row's numbers, 32 bits that are as good as random: equal rows have equal hashes, whatever holds
 * them; -0 is 0 and one NaN is like another. O(cells).
 */
export function rowHashes(x: RowMajorNumbers): Uint32Array {
  const hashes = new Uint32Array(x.rows);
  RowKernel.use((kernel) => {
    const blocks = new RowBlocks(kernel, x);
    const at = kernel.reserve(blocks.size * 4);
    blocks.forEach((start, count) => {
      kernel.run.hashNumbers(blocks.at, count, x.cols, at);
      hashes.set(kernel.u32(at, count), start);
    });
  });
  return hashes;
}
