import type { RowMajorF64 } from "@gillnet/entity";
import type { TreeEnsemble } from "./bundle.ts";
import { sumTrees } from "./sum-trees.ts";

/** The mean of the trees' answers for each row. Arguments and order of additions as in sumTrees. */
export function predictForest(trees: TreeEnsemble, matrix: RowMajorF64): Float64Array {
  const sums = sumTrees(trees, matrix);
  const nTrees = trees.roots.length;
  for (let row = 0; row < sums.length; row++) sums[row] = (sums[row] as number) / nTrees;
  return sums;
}
