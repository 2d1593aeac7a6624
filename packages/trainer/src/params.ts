import type {
  AdaBoostGrid,
  DecisionTreeGrid,
  ExtraTreesGrid,
  GradientBoostingGrid,
  HistGradientBoostingGrid,
  LogisticRegressionGrid,
  NeuralNetworkGrid,
  RandomForestGrid,
} from "./family-grids.ts";
import { ensembleSchema, searchSchema } from "./search-params.ts";
import type { EnsembleParams, SearchParams } from "./search-params.ts";
import { LAYER_SIZES_PATTERN } from "./families/network/layer-sizes.ts";
import type { SelectionMetric } from "./selection/metric.ts";

/** The `trainer` part of pipeline.yaml. */
export interface TrainerParams {
  readonly folds: number;
  readonly metric: SelectionMetric;
  readonly search: SearchParams;
  readonly ensemble: EnsembleParams;
  /** Columns that masked copies hide together, by name. */
  readonly mask_groups?: readonly (readonly string[])[];
  /** A family that is false, null or absent is left out. */
  readonly families: {
    readonly logistic_regression?: LogisticRegressionGrid | false | null;
    readonly decision_tree?: DecisionTreeGrid | false | null;
    readonly adaboost?: AdaBoostGrid | false | null;
    readonly random_forest?: RandomForestGrid | false | null;
    readonly extra_trees?: ExtraTreesGrid | false | null;
    readonly gradient_boosting?: GradientBoostingGrid | false | null;
    readonly hist_gradient_boosting?: HistGradientBoostingGrid | false | null;
    readonly neural_network?: NeuralNetworkGrid | false | null;
  };
}

type Schema = Readonly<Record<string, unknown>>;

function oneOrMore(item: Schema, byDefault: unknown, description: string): Schema {
  return {
    description,
    default: byDefault,
    anyOf: [item, { type: "array", minItems: 1, items: item }],
  };
}

function family(description: string, properties: Schema): Schema {
  return {
    description: `${description}; false or null leaves it out. Each setting is a value, or a list of values to try`,
    type: ["object", "boolean", "null"],
    not: { const: true },
    additionalProperties: false,
    properties,
  };
}

const criterion: Schema = { type: "string", enum: ["gini", "entropy"] };
const depth: Schema = { type: ["integer", "null"], minimum: 1, maximum: 1000 };
const share: Schema = { type: "number", exclusiveMinimum: 0, maximum: 1 };

const rate: Schema = { type: "number", exclusiveMinimum: 0, maximum: 10 };
const members: Schema = { type: "integer", minimum: 1, maximum: 10_000 };
const columnsToDraw: Schema = {
  anyOf: [{ type: "string", enum: ["sqrt", "log2"] }, share, { type: "null" }],
};
const DRAWN_COLUMNS =
  "Columns that a node looks at, drawn anew each time: a rule, a share of them, or null for all";
const SIZES = [8, 16, 32, 64, 128, 256];

const numberOfTrees = (byDefault: number | readonly number[]): Schema =>
  oneOrMore(
    members,
    byDefault,
    "Number of trees; all sizes of the list share the fit of the largest",
  );

const maxDepth = (byDefault: number | null): Schema =>
  oneOrMore(depth, byDefault, "Depth of the deepest leaf; null for no bound");

const leafLimits: Schema = {
  min_samples_leaf: oneOrMore(
    { type: "integer", minimum: 1 },
    1,
    "Fewest rows of a leaf, counted by weight",
  ),
  min_samples_split: oneOrMore(
    { type: "integer", minimum: 2 },
    2,
    "Fewest rows of a node that is split, counted by weight",
  ),
};

const classWeight: Schema = {
  class_weight: oneOrMore(
    {
      anyOf: [
        { type: "string", enum: ["balanced"] },
        { type: "number", exclusiveMinimum: 0, maximum: 1_000_000 },
        { type: "null" },
      ],
    },
    null,
    "What a positive row weighs against a negative one; balanced gives both classes the same weight in all, null each row its own",
  ),
};

const ccpAlpha: Schema = {
  ccp_alpha: oneOrMore(
    { type: "number", minimum: 0 },
    0,
    "Impurity that a leaf must be worth, or it is pruned away; 0 prunes nothing",
  ),
};

const forestSettings = (bootstrap: boolean): Schema => ({
  criterion: oneOrMore(criterion, "gini", "What a split makes purer"),
  max_features: oneOrMore(columnsToDraw, "sqrt", DRAWN_COLUMNS),
  max_depth: maxDepth(null),
  ...leafLimits,
  ...ccpAlpha,
  bootstrap: oneOrMore(
    { type: "boolean" },
    bootstrap,
    "Whether each tree gets its own sample of the rows; false gives all to every tree",
  ),
  oob_score: {
    description:
      "Whether accuracy and log loss are told for each training row by the trees that left it out; needs bootstrap",
    type: "boolean",
    default: false,
  },
  ...classWeight,
});

/** JSON Schema of {@link TrainerParams}; the defaults live here and nowhere else. */
export const trainerParamsSchema: Schema = {
  type: "object",
  description: "Which models are tried, and how the best one is chosen",
  additionalProperties: false,
  default: {},
  properties: {
    folds: {
      type: "integer",
      minimum: 2,
      maximum: 50,
      default: 5,
      description:
        "Folds of the cross-validation; rows that the split keeps together stay in one fold",
    },
    metric: {
      type: "string",
      enum: ["log_loss", "roc_auc", "accuracy", "f1"],
      default: "log_loss",
      description: "The score, as the mean over folds, that the best candidate is chosen by",
    },
    search: searchSchema,
    ensemble: ensembleSchema,
    mask_groups: {
      type: "array",
      items: { type: "array", minItems: 1, items: { type: "string" } },
      default: [],
      description:
        "Columns that come from one source and so go missing together: mask_copies hides each list as a whole",
    },
    families: {
      type: "object",
      description:
        "The families of models to try, each with its grid; one that is not named is not tried",
      additionalProperties: false,
      default: {
        logistic_regression: {},
        decision_tree: {},
        adaboost: {},
        random_forest: {},
        extra_trees: {},
        gradient_boosting: {},
        hist_gradient_boosting: {},
      },
      properties: {
        logistic_regression: family("Linear model with an L2 penalty", {
          C: oneOrMore(
            { type: "number", exclusiveMinimum: 0 },
            1,
            "Inverse of the penalty's strength, as in scikit-learn",
          ),
          max_iter: oneOrMore(
            { type: "integer", minimum: 1, maximum: 10_000 },
            100,
            "Most steps of Newton's method; a dozen are the rule",
          ),
          standardize: oneOrMore(
            { type: "boolean" },
            true,
            "Whether numeric columns are scaled to unit variance first; false is scikit-learn's model",
          ),
          ...classWeight,
        }),
        decision_tree: family("One tree", {
          criterion: oneOrMore(criterion, ["gini", "entropy"], "What a split makes purer"),
          max_depth: maxDepth(null),
          ...leafLimits,
          ...ccpAlpha,
          ...classWeight,
        }),
        adaboost: family("Trees of one split, each for the errors of those before it", {
          learning_rate: oneOrMore(
            rate,
            [0.1, 0.01, 0.001],
            "How much each tree's vote counts, and how much its errors weigh for the next",
          ),
          n_estimators: oneOrMore(
            members,
            SIZES,
            "Most trees; all sizes of the list share the fit of the largest",
          ),
          ...classWeight,
        }),
        random_forest: family("Trees on bootstrap samples, averaged", {
          n_estimators: numberOfTrees([8, 16, 32, 128, 256]),
          ...forestSettings(true),
        }),
        extra_trees: family("Trees whose nodes choose among splits drawn at random, averaged", {
          n_estimators: numberOfTrees([8, 16, 32, 128, 256]),
          ...forestSettings(false),
        }),
        gradient_boosting: family("Small trees, each grown on what those before it leave wrong", {
          learning_rate: oneOrMore(
            rate,
            [0.1, 0.01, 0.05, 0.001],
            "How much of each tree's step is taken",
          ),
          subsample: oneOrMore(
            share,
            [0.6, 0.7, 0.75, 0.85, 0.9],
            "Share of the rows, drawn without replacement, that each tree is grown on",
          ),
          n_estimators: numberOfTrees(SIZES),
          max_depth: maxDepth(3),
          ...leafLimits,
          max_features: oneOrMore(columnsToDraw, null, DRAWN_COLUMNS),
          ...classWeight,
        }),
        hist_gradient_boosting: family(
          "Boosted trees on histograms with Newton leaves, as XGBoost's and LightGBM's: the family for large tables",
          {
            learning_rate: oneOrMore(rate, 0.1, "How much of each tree's step is taken"),
            n_estimators: numberOfTrees(256),
            max_depth: maxDepth(6),
            growth: oneOrMore(
              { type: "string", enum: ["depth_wise", "leaf_wise"] },
              "depth_wise",
              "Whether all nodes of a level are split, or always the one that gains most",
            ),
            max_leaf_nodes: oneOrMore(
              { type: ["integer", "null"], minimum: 2, maximum: 32_768 },
              null,
              "Most leaves of a tree; null for no bound, or 31 when growing by leaves",
            ),
            min_samples_leaf: oneOrMore(
              { type: "integer", minimum: 1 },
              1,
              "Fewest rows of a leaf, counted by weight; above 1 a fit takes up to twice as long",
            ),
            min_child_weight: oneOrMore(
              { type: "number", minimum: 0 },
              1,
              "Least sum of p (1 - p) of a leaf's rows",
            ),
            l2_regularization: oneOrMore(
              { type: "number", minimum: 0 },
              1,
              "Penalty that shrinks the leaves' answers",
            ),
            subsample: oneOrMore(
              share,
              1,
              "Chance of each row, drawn without replacement, to be among those that a tree is grown on",
            ),
            max_features_per_tree: oneOrMore(
              columnsToDraw,
              null,
              "Columns that a tree may use, drawn anew for each: a rule, a share of them, or null for all",
            ),
            max_features: oneOrMore(
              columnsToDraw,
              null,
              "Columns that a node looks at, drawn from those of its tree: a rule, a share of them, or null for all",
            ),
            monotonic_constraints: oneOrMore(
              { type: ["object", "null"], additionalProperties: { enum: [1, -1] } },
              null,
              "Numeric columns that the answer may only rise with (1) or only fall with (-1), by name",
            ),
            early_stopping: oneOrMore(
              { type: ["integer", "null"], minimum: 1 },
              null,
              "Trees without a lower log loss on rows held out after which the boosting ends; null for never",
            ),
            validation_share: oneOrMore(
              { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
              0.1,
              "Share of the distinct rows that early stopping holds out; no part when it is off",
            ),
            ...classWeight,
            mask_copies: oneOrMore(
              { type: "integer", minimum: 0, maximum: 100 },
              0,
              "Copies of each distinct row, with some columns missing, that join the training rows; 3 prepares for missing sources",
            ),
            mask_share: oneOrMore(
              share,
              0.5,
              "Most of the columns, or mask_groups, that a copy hides; each copy draws its share from 0 to this",
            ),
          },
        ),
        neural_network: family(
          "Layers of rectified units, trained by Adam on TensorFlow.js; not among the default families",
          {
            hidden_layer_sizes: oneOrMore(
              { type: "string", pattern: LAYER_SIZES_PATTERN },
              "64-32",
              'Units of each hidden layer, from the inputs on, joined by hyphens; one layer is quoted, "64"',
            ),
            learning_rate: oneOrMore(
              { type: "number", exclusiveMinimum: 0, maximum: 1 },
              0.001,
              "Size of Adam's steps",
            ),
            batch_size: oneOrMore(
              { type: "integer", minimum: 1, maximum: 100_000 },
              256,
              "Most distinct rows that a step looks at",
            ),
            dropout: oneOrMore(
              { type: "number", minimum: 0, maximum: 0.9 },
              0,
              "Share of the hidden units that each step leaves out at random",
            ),
            l2_regularization: oneOrMore(
              { type: "number", minimum: 0, maximum: 1 },
              0.0001,
              "Weight of the sum of squared weights beside the mean log loss, as in Keras",
            ),
            epochs: oneOrMore(
              { type: "integer", minimum: 1, maximum: 10_000 },
              100,
              "Most passes over the rows",
            ),
            early_stopping: oneOrMore(
              { type: ["integer", "null"], minimum: 1 },
              8,
              "Passes without a lower log loss on rows held out after which training ends, with the best weights; null for never",
            ),
            validation_share: oneOrMore(
              { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
              0.1,
              "Share of the distinct rows that early stopping holds out; no part when it is off",
            ),
            ...classWeight,
          },
        ),
      },
    },
  },
};
