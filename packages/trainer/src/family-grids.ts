/** One value to use, or a list of values to try. */
export type OneOrMore<T> = T | readonly T[];

export type SplitCriterion = "gini" | "entropy";

/** What a class weighs: "balanced", what a positive row weighs against a negative one, or null for alike. */
export type ClassWeight = "balanced" | number | null;

/** Grid of `decision_tree`. */
export type DecisionTreeGrid = {
  readonly criterion: OneOrMore<SplitCriterion>;
  readonly max_depth: OneOrMore<number | null>;
  readonly min_samples_leaf: OneOrMore<number>;
  readonly min_samples_split: OneOrMore<number>;
  readonly ccp_alpha?: OneOrMore<number>;
  readonly class_weight?: OneOrMore<ClassWeight>;
};

/** Grid of `random_forest`. */
export type RandomForestGrid = {
  readonly n_estimators: OneOrMore<number>;
  readonly criterion: OneOrMore<SplitCriterion>;
  readonly max_features: OneOrMore<"sqrt" | "log2" | number | null>;
  readonly max_depth: OneOrMore<number | null>;
  readonly min_samples_leaf: OneOrMore<number>;
  readonly min_samples_split: OneOrMore<number>;
  readonly ccp_alpha?: OneOrMore<number>;
  readonly bootstrap: OneOrMore<boolean>;
  readonly oob_score?: boolean;
  readonly class_weight?: OneOrMore<ClassWeight>;
};

/** Grid of `extra_trees`. */
export type ExtraTreesGrid = RandomForestGrid;

/** Grid of `gradient_boosting`. */
export type GradientBoostingGrid = {
  readonly learning_rate: OneOrMore<number>;
  readonly subsample: OneOrMore<number>;
  readonly n_estimators: OneOrMore<number>;
  readonly max_depth: OneOrMore<number | null>;
  readonly min_samples_leaf: OneOrMore<number>;
  readonly min_samples_split: OneOrMore<number>;
  readonly max_features: OneOrMore<"sqrt" | "log2" | number | null>;
  readonly class_weight?: OneOrMore<ClassWeight>;
};

/** Grid of `hist_gradient_boosting`. */
export type HistGradientBoostingGrid = {
  readonly learning_rate: OneOrMore<number>;
  readonly n_estimators: OneOrMore<number>;
  readonly max_depth: OneOrMore<number | null>;
  readonly growth: OneOrMore<"depth_wise" | "leaf_wise">;
  readonly max_leaf_nodes: OneOrMore<number | null>;
  readonly min_samples_leaf: OneOrMore<number>;
  readonly min_child_weight: OneOrMore<number>;
  readonly l2_regularization: OneOrMore<number>;
  readonly subsample: OneOrMore<number>;
  readonly max_features_per_tree: OneOrMore<"sqrt" | "log2" | number | null>;
  readonly max_features: OneOrMore<"sqrt" | "log2" | number | null>;
  readonly monotonic_constraints: OneOrMore<Readonly<Record<string, 1 | -1>> | null>;
  readonly early_stopping: OneOrMore<number | null>;
  readonly validation_share: OneOrMore<number>;
  readonly class_weight?: OneOrMore<ClassWeight>;
  readonly mask_copies?: OneOrMore<number>;
  readonly mask_share?: OneOrMore<number>;
};

/** Grid of `adaboost`. */
export type AdaBoostGrid = {
  readonly learning_rate: OneOrMore<number>;
  readonly n_estimators: OneOrMore<number>;
  readonly class_weight?: OneOrMore<ClassWeight>;
};

/** Grid of `logistic_regression`. */
export type LogisticRegressionGrid = {
  readonly C: OneOrMore<number>;
  readonly max_iter: OneOrMore<number>;
  readonly standardize: OneOrMore<boolean>;
  readonly class_weight?: OneOrMore<ClassWeight>;
};

/** Grid of `neural_network`. */
export type NeuralNetworkGrid = {
  /** The units of each hidden layer, joined by hyphens. */
  readonly hidden_layer_sizes: OneOrMore<string>;
  readonly learning_rate: OneOrMore<number>;
  readonly batch_size: OneOrMore<number>;
  readonly dropout: OneOrMore<number>;
  readonly l2_regularization: OneOrMore<number>;
  readonly epochs: OneOrMore<number>;
  readonly early_stopping: OneOrMore<number | null>;
  readonly validation_share: OneOrMore<number>;
  readonly class_weight?: OneOrMore<ClassWeight>;
};
