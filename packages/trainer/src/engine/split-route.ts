import type { BinnedMatrix } from "./dtypes.ts";
import type { GrownTree } from "./grown-tree.ts";
import { boundBetween } from "./tree-predictor.ts";

/**
 * OUT `goesLeft`: for each bin of the column that a node splits, 1 when the ensemble's bound sends its values to the
 * left, else 0; the missing cells after the values.
 *
 * A bin of several values that none of the tree's own rows had, and that the bound runs through, goes right as a
 * whole.
 */
export function fillRoute(
  columns: BinnedMatrix["columns"],
  tree: GrownTree,
  node: number,
  goesLeft: Uint8Array,
): void {
  const bins = columns[tree.feature[node] as number] as BinnedMatrix["columns"][number];
  if (bins.kind === "numeric") {
    const bound = boundBetween(bins, tree.leftBin[node] as number, tree.rightBin[node] as number);
    for (let bin = 0; bin < bins.valueBins; bin++) {
      goesLeft[bin] = (bins.highest[bin] as number) <= bound ? 1 : 0;
    }
  } else {
    for (let bin = 0; bin < bins.valueBins; bin++) {
      goesLeft[bin] = tree.binGoesLeft(node, bin) ? 1 : 0;
    }
  }
  goesLeft[bins.valueBins] = tree.missingLeft[node] as number;
}
