import { extraTrees } from "../../src/families/extra-trees.ts";
import { testClassifierContract } from "../classifier-contract.ts";

const PARAMS = {
  n_estimators: 12,
  criterion: "gini",
  max_features: "sqrt",
  max_depth: null,
  min_samples_leaf: 1,
  min_samples_split: 2,
  ccp_alpha: 0,
  bootstrap: false,
  oob_score: false,
};

testClassifierContract(extraTrees, PARAMS, 0.97);
