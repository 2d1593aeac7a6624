import type { Criterion } from "./criterion.ts";
import type { GrownTree } from "./grown-tree.ts";

/**
 * Minimal cost-complexity pruning (Breiman et al. 1984, chapter 3; scikit-learn's `ccp_alpha`): of all trees that
 * are left when branches of this one are cut, keeps the smallest of those whose impurity, weighted by the leaves'
 * shares of the root's weight, plus `alpha` a leaf is least.
 *
 * Weakest links need not be cut one after the other: bottom up, a node becomes a leaf when that costs no more than
 * its branch does. O(nodes). With alpha 0 the tree stays as it is, as in scikit-learn.
 *
 * @param tree IN and OUT
 */
export function pruneTree(tree: GrownTree, criterion: Criterion, alpha: number): void {
  if (!(alpha > 0)) return;
  const total = tree.weight[0] as number;
  const cost = new Float64Array(tree.count);
  // Children come after their parents.
  for (let node = tree.count - 1; node >= 0; node--) {
    const own =
      criterion.cost(tree.sum[node] as number, tree.weight[node] as number) / total + alpha;
    cost[node] = own;
    if (tree.feature[node] === -1) continue;
    const ofBranch =
      (cost[tree.left[node] as number] as number) + (cost[tree.right[node] as number] as number);
    if (own <= ofBranch) tree.feature[node] = -1;
    else cost[node] = ofBranch;
  }
  tree.dropCutNodes();
}
