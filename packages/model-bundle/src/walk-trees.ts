import type { RowMajorF64 } from "@gillnet/entity";
import type { TreeEnsemble } from "./bundle.ts";

/** Rows that go through one tree before the next tree's turn, so that its nodes stay in the cache. */
const BLOCK = 1024;

/** What sumTrees returns, for any trees: node by node as bundle.ts words it, one row after the other. */
export function walkTrees(trees: TreeEnsemble, matrix: RowMajorF64): Float64Array {
  const {
    roots,
    feature,
    threshold,
    left,
    right,
    missingLeft,
    categoryStart,
    categoryBits,
    value,
  } = trees;
  const { data, rows, cols } = matrix;
  const nTrees = roots.length;
  const sums = new Float64Array(rows);
  for (let blockStart = 0; blockStart < rows; blockStart += BLOCK) {
    const blockEnd = Math.min(rows, blockStart + BLOCK);
    for (let tree = 0; tree < nTrees; tree++) {
      const root = roots[tree] as number;
      for (let row = blockStart; row < blockEnd; row++) {
        const rowStart = row * cols;
        let node = root;
        let column = feature[node] as number;
        while (column >= 0) {
          const x = data[rowStart + column] as number;
          const bits = categoryStart[node] as number;
          let goesLeft: boolean;
          if (Number.isNaN(x)) goesLeft = missingLeft[node] === 1;
          else if (bits < 0) goesLeft = x <= (threshold[node] as number);
          else goesLeft = (((categoryBits[bits + (x >> 5)] as number) >>> (x & 31)) & 1) === 1;
          node = (goesLeft ? left[node] : right[node]) as number;
          column = feature[node] as number;
        }
        sums[row] = (sums[row] as number) + (value[node] as number);
      }
    }
  }
  return sums;
}
