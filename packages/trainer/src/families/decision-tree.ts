import type { Family } from "./family.ts";
import { growTrees } from "./forest-family.ts";

/**
 * One tree that looks at every column at every node: CART, pruned when `ccp_alpha` says so. Its model is a forest of one.
 * scikit-learn's DecisionTreeClassifier grows the same tree, but for splits that tie: here the lowest feature
 * and then the lowest bound wins, there the order of a shuffle decides.
 */
export const decisionTree: Family = {
  name: "decision_tree",
  title: "decision tree",
  reads: "codes",
  paramNames: [
    "criterion",
    "max_depth",
    "min_samples_leaf",
    "min_samples_split",
    "ccp_alpha",
    "class_weight",
  ],
  fit(training, params, context) {
    const alone = { ...params, bootstrap: false, oob_score: false, max_features: null };
    return growTrees(training, alone, "best", context, 0, 1);
  },
  effort: () => 3,
};
