import { gini } from "../src/engine/criterion.ts";
import type { ForestRules } from "../src/engine/forest/forest-grower.ts";
import type { GrowthLimits } from "../src/engine/growth-limits.ts";

/** Nodes are split as long as there is something to split. */
export const NO_LIMITS: GrowthLimits = { maxDepth: Infinity, minSplitWeight: 0, minLeafWeight: 0 };

/** Full trees of a forest that draws two columns a node. */
export const FOREST_RULES: ForestRules = {
  criterion: gini,
  limits: NO_LIMITS,
  columnsPerSplit: 2,
  bounds: "best",
};
