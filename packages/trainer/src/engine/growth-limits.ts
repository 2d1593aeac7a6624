/** When a node stays a leaf. Weights are in the units of the row targets. */
export interface GrowthLimits {
  /** Depth of the deepest leaf; Infinity for none. The root has depth 0. */
  readonly maxDepth: number;
  /** A lighter node is not split. */
  readonly minSplitWeight: number;
  /** A split that leaves a lighter child is not considered. */
  readonly minLeafWeight: number;
}

/** Whether a node is too deep or too light to be split. */
export function isAtLimit(
  { maxDepth, minSplitWeight, minLeafWeight }: GrowthLimits,
  depth: number,
  weight: number,
): boolean {
  return depth >= maxDepth || weight < minSplitWeight || weight < 2 * minLeafWeight;
}
