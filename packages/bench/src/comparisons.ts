import type { GillnetModel, ModelParams } from "./sides/jobs.ts";

/** A model of Python's: the estimator's dotted name and its parameters. */
interface PythonPeer {
  readonly library: "scikit-learn" | "xgboost" | "lightgbm";
  readonly estimator: string;
  readonly params: ModelParams;
}

/** A model of npm's, by its name in NPM_MODELS. */
interface NpmPeer {
  readonly library: "ml-cart" | "ml-random-forest" | "decision-tree" | "ml-xgboost";
  readonly npm: string;
}

export type Peer = PythonPeer | NpmPeer;
export type PeerLibrary = Peer["library"];

export const PEER_LIBRARIES: readonly PeerLibrary[] = [
  "scikit-learn",
  "xgboost",
  "lightgbm",
  "ml-cart",
  "ml-random-forest",
  "decision-tree",
  "ml-xgboost",
];

/** The same model on both sides. */
export interface Comparison {
  /** As --only takes it. */
  readonly name: string;
  readonly title: string;
  readonly gillnet: GillnetModel;
  readonly peers: readonly Peer[];
}

/** The name beside the average of all peers' models. */
export const PEERS = "peers";

/** Threads that each side may use. */
export const THREADS = 2;

const BOOSTED = { max_depth: 6, learning_rate: 0.1 };

const sklearn = (estimator: string, params: ModelParams): PythonPeer => ({
  library: "scikit-learn",
  estimator: `sklearn.${estimator}`,
  params,
});
const xgboost = (params: ModelParams): PythonPeer => ({
  library: "xgboost",
  estimator: "xgboost.XGBClassifier",
  params: { tree_method: "hist", random_state: 0, ...params },
});
const lightgbm = (params: ModelParams): PythonPeer => ({
  library: "lightgbm",
  estimator: "lightgbm.LGBMClassifier",
  params: { verbose: -1, random_state: 0, ...params },
});

const HISTOGRAM_BOOSTING: Pick<Comparison, "gillnet" | "peers"> = {
  gillnet: { family: "hist_gradient_boosting", params: { n_estimators: 256, ...BOOSTED } },
  peers: [
    xgboost({ n_estimators: 256, ...BOOSTED, n_jobs: THREADS }),
    lightgbm({ n_estimators: 256, ...BOOSTED, num_leaves: 64, n_jobs: THREADS }),
    sklearn("ensemble.HistGradientBoostingClassifier", {
      max_iter: 256,
      ...BOOSTED,
      early_stopping: false,
      random_state: 0,
    }),
  ],
};

/** `bench train`, besides the whole job. On four fifths of the real table. */
export const FITS: readonly Comparison[] = [
  {
    name: "tree",
    title: "decision tree, full depth",
    gillnet: { family: "decision_tree", params: { criterion: "gini" } },
    peers: [
      sklearn("tree.DecisionTreeClassifier", { random_state: 0 }),
      { library: "ml-cart", npm: "ml-cart" },
      { library: "decision-tree", npm: "decision-tree" },
    ],
  },
  {
    name: "forest",
    title: "random forest, 256 trees",
    gillnet: { family: "random_forest", params: { n_estimators: 256 } },
    peers: [
      sklearn("ensemble.RandomForestClassifier", {
        n_estimators: 256,
        n_jobs: THREADS,
        random_state: 0,
      }),
      { library: "ml-random-forest", npm: "ml-random-forest" },
      { library: "decision-tree", npm: "decision-tree/random-forest" },
    ],
  },
  {
    name: "boosting",
    title: "gradient boosting, 256 trees, depth 3",
    gillnet: {
      family: "gradient_boosting",
      params: { n_estimators: 256, learning_rate: 0.1, subsample: 1 },
    },
    peers: [sklearn("ensemble.GradientBoostingClassifier", { n_estimators: 256, random_state: 0 })],
  },
  {
    name: "adaboost",
    title: "AdaBoost, 256 stumps",
    gillnet: { family: "adaboost", params: { n_estimators: 256, learning_rate: 0.1 } },
    peers: [
      sklearn("ensemble.AdaBoostClassifier", {
        n_estimators: 256,
        learning_rate: 0.1,
        random_state: 0,
      }),
    ],
  },
  {
    name: "logistic",
    title: "logistic regression",
    gillnet: { family: "logistic_regression", params: { standardize: false } },
    peers: [sklearn("linear_model.LogisticRegression", {})],
  },
  {
    name: "hist",
    title: "histogram boosting, 256 trees, depth 6",
    ...HISTOGRAM_BOOSTING,
    peers: [...HISTOGRAM_BOOSTING.peers, { library: "ml-xgboost", npm: "ml-xgboost" }],
  },
];

/** `bench scale`: each on every table. */
export const SCALE_FITS: readonly Comparison[] = [
  { name: "hist", title: "histogram boosting, 256 trees, depth 6", ...HISTOGRAM_BOOSTING },
  {
    name: "forest",
    title: "random forest, 32 trees",
    gillnet: { family: "random_forest", params: { n_estimators: 32 } },
    peers: [
      sklearn("ensemble.RandomForestClassifier", {
        n_estimators: 32,
        n_jobs: THREADS,
        random_state: 0,
      }),
    ],
  },
];

/** A model of `bench quality`. */
export type QualityModel = {
  readonly name: string;
  /** Whether it is a member of its side's average. */
  readonly averaged: boolean;
} & (
  | { readonly side: "gillnet"; readonly model: GillnetModel }
  | { readonly side: "peer"; readonly model: PythonPeer }
);

const ours = (
  family: string,
  params: ModelParams,
  averaged: boolean = true,
  name: string = family,
): QualityModel => ({
  name,
  averaged,
  side: "gillnet",
  model: { family, params },
});
const theirs = (name: string, model: PythonPeer, averaged: boolean = true): QualityModel => ({
  name,
  averaged,
  side: "peer",
  model,
});

/** `bench quality`: a line a model. */
export const QUALITY_MODELS: readonly QualityModel[] = [
  ours("logistic_regression", {}, false),
  ours("decision_tree", {}, false),
  ours("random_forest", { n_estimators: 256 }),
  ours("extra_trees", { n_estimators: 256 }),
  ours("gradient_boosting", {
    n_estimators: 300,
    learning_rate: 0.1,
    subsample: 0.8,
    max_depth: 6,
    max_features: 0.5,
  }),
  ours(
    "hist_gradient_boosting",
    { n_estimators: 300, ...BOOSTED, subsample: 0.8, max_features_per_tree: 0.5 },
    false,
    "hist_boosting_as_xgboost",
  ),
  ours("hist_gradient_boosting", {
    n_estimators: 600,
    learning_rate: 0.03,
    max_depth: 8,
    min_samples_leaf: 5,
    min_child_weight: 0,
    l2_regularization: 0,
    subsample: 0.7,
    max_features_per_tree: 0.4,
  }),
  ours("neural_network", {}, false),
  theirs(
    "logistic_regression",
    sklearn("linear_model.LogisticRegression", { max_iter: 2000 }),
    false,
  ),
  theirs("decision_tree", sklearn("tree.DecisionTreeClassifier", { random_state: 0 }), false),
  theirs(
    "random_forest",
    sklearn("ensemble.RandomForestClassifier", { n_estimators: 256, random_state: 0 }),
  ),
  theirs(
    "extra_trees",
    sklearn("ensemble.ExtraTreesClassifier", { n_estimators: 256, random_state: 0 }),
  ),
  theirs(
    "hist_gradient_boosting",
    sklearn("ensemble.HistGradientBoostingClassifier", { random_state: 0 }),
  ),
  theirs(
    "xgboost",
    xgboost({ n_estimators: 300, ...BOOSTED, subsample: 0.8, colsample_bytree: 0.5, n_jobs: 1 }),
  ),
  theirs(
    "lightgbm",
    lightgbm({
      n_estimators: 300,
      learning_rate: 0.05,
      num_leaves: 31,
      subsample: 0.8,
      subsample_freq: 1,
      colsample_bytree: 0.5,
      n_jobs: 1,
    }),
  ),
];
