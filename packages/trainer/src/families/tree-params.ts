import { entropy, gini } from "../engine/criterion.ts";
import type { Criterion } from "../engine/criterion.ts";
import type { GrowthLimits } from "../engine/growth-limits.ts";
import type { CandidateParams } from "./family.ts";

/** The parameters that a tree by itself and a tree of a forest share. */
export function treeCriterion(params: CandidateParams): Criterion {
  return params["criterion"] === "entropy" ? entropy : gini;
}

/**
 * Limits in the units of the targets' weight.
 *
 * @param weightUnit what one row weighs
 */
export function growthLimits(params: CandidateParams, weightUnit: number): GrowthLimits {
  const leaf = params["min_samples_leaf"] as number;
  const split = params["min_samples_split"] as number;
  return {
    maxDepth: (params["max_depth"] as number | null) ?? Infinity,
    // One row is enough for a leaf, and two for a split, however little they weigh.
    minLeafWeight: leaf <= 1 ? 0 : leaf * weightUnit,
    minSplitWeight: split <= 2 ? 0 : split * weightUnit,
  };
}

/** How many of `columns` a node draws: "sqrt", "log2", a share of them, or all when null. At least one. */
export function columnsPerSplit(maxFeatures: CandidateParams[string], columns: number): number {
  const wanted =
    maxFeatures === "sqrt"
      ? Math.sqrt(columns)
      : maxFeatures === "log2"
        ? Math.log2(columns)
        : columns * ((maxFeatures as number | null) ?? 1);
  return Math.max(1, Math.floor(wanted));
}
