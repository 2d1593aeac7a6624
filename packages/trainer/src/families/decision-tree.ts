import { ForestGrower } from "../engine/forest/forest-grower.ts";
import { pruneTree } from "../engine/prune-tree.ts";
import type { Family } from "./family.ts";
import { growthLimits, treeCriterion } from "./tree-params.ts";

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
  fit({ binned, targets, weightUnit }, params, { random }) {
    const criterion = treeCriterion(params);
    const limits = growthLimits(params, weightUnit);
    const { cols } = binned.codes;
    const grower = new ForestGrower(binned, {
      criterion,
      limits,
      columnsPerSplit: cols,
      bounds: "best",
    });
    const grown = grower.grow(targets, random);
    pruneTree(grown, criterion, params["ccp_alpha"] as number);
    const ensemble = grower.ensemble(1);
    ensemble.add(grown);
    const trees = ensemble.finish();
    grower.end();
    return { model: { kind: "forest", trees }, notes: [] };
  },
  effort: () => 3,
};
