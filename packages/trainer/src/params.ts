import type { SelectionMetric } from "./selection/metric.ts";

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
  readonly bootstrap: OneOrMore<boolean>;
  readonly class_weight?: OneOrMore<ClassWeight>;
};

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

/** The `trainer` part of pipeline.yaml. */
export interface TrainerParams {
  readonly folds: number;
  readonly metric: SelectionMetric;
  /** A family that is false, null or absent is left out. */
  readonly families: {
    readonly logistic_regression?: LogisticRegressionGrid | false | null;
    readonly decision_tree?: DecisionTreeGrid | false | null;
    readonly adaboost?: AdaBoostGrid | false | null;
    readonly random_forest?: RandomForestGrid | false | null;
    readonly gradient_boosting?: GradientBoostingGrid | false | null;
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
        gradient_boosting: {},
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
          n_estimators: oneOrMore(
            members,
            [8, 16, 32, 128, 256],
            "Number of trees; all sizes of the list share the fit of the largest",
          ),
          criterion: oneOrMore(criterion, "gini", "What a split makes purer"),
          max_features: oneOrMore(columnsToDraw, "sqrt", DRAWN_COLUMNS),
          max_depth: maxDepth(null),
          ...leafLimits,
          bootstrap: oneOrMore(
            { type: "boolean" },
            true,
            "Whether each tree gets its own sample of the rows; false gives all to every tree",
          ),
          ...classWeight,
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
          n_estimators: oneOrMore(
            members,
            SIZES,
            "Number of trees; all sizes of the list share the fit of the largest",
          ),
          max_depth: maxDepth(3),
          ...leafLimits,
          max_features: oneOrMore(columnsToDraw, null, DRAWN_COLUMNS),
          ...classWeight,
        }),
      },
    },
  },
};
