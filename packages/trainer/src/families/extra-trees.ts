import type { Family } from "./family.ts";
import { forestFamily } from "./forest-family.ts";

/**
 * Trees whose nodes draw one split of each of their columns and take the best of those (Geurts, Ernst and Wehenkel
 * 2006), on all rows unless told otherwise, as scikit-learn's ExtraTreesClassifier. RandomSplitFinder says how
 * splits are drawn.
 */
export const extraTrees: Family = forestFamily({
  name: "extra_trees",
  title: "extra trees",
  bounds: "random",
  effortOfTree: 1,
});
