import { histGradientBoosting } from "../../src/families/hist-gradient-boosting.ts";
import { testClassifierContract } from "../classifier-contract.ts";

const PARAMS = {
  learning_rate: 0.2,
  n_estimators: 30,
  max_depth: 4,
  growth: "depth_wise",
  max_leaf_nodes: null,
  min_samples_leaf: 1,
  min_child_weight: 0.5,
  l2_regularization: 1,
  subsample: 1,
  max_features: null,
  monotonic_constraints: null,
  early_stopping: null,
  validation_share: 0.1,
};

testClassifierContract(histGradientBoosting, PARAMS, 0.9);
testClassifierContract(
  histGradientBoosting,
  { ...PARAMS, growth: "leaf_wise", subsample: 0.7, max_features: 0.5, min_samples_leaf: 3 },
  0.8,
);
