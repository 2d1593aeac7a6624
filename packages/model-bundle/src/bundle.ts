import type { NumericFeature } from "@gillnet/entity";

/** A categorical input as the model knows it: the codes are the indices of `categories`. */
export interface EncodedCategoricalFeature {
  readonly kind: "categorical";
  readonly name: string;
  /** Seen in training, sorted by UTF-16 code unit. A value outside it reads as missing, with a problem said. */
  readonly categories: readonly string[];
  /** The only values allowed by the schema; absent when any text is. */
  readonly values?: readonly string[];
}

/** One input column of the model, in the order of the encoded matrix. */
export type InputFeature = NumericFeature | EncodedCategoricalFeature;

/** The value that predictions carry for a class, and how people call it. */
export interface BundleClass {
  readonly name: string;
  /** The label's own value (-1, "spam") where one value means the class, else its name. */
  readonly label: string | number;
}

/**
 * Fills missing numeric cells with the mean (or the inverse-distance-weighted mean) of the `neighbors`
 * nearest donors that have the column, by the nan_euclidean distance. Semantics: scikit-learn's KNNImputer.
 */
export interface KnnImputer {
  readonly kind: "knn";
  readonly neighbors: number;
  readonly weights: "uniform" | "distance";
  /** Indices into the inputs of the numeric columns that take part, ascending. */
  readonly columns: Int32Array;
  /**
   * Distinct training rows over `columns`, row-major, NaN where missing, in a random order: among equally
   * near donors the first wins, which must not favour low values.
   */
  readonly donors: Float64Array;
  /** How many training rows each donor stands for (ties break by donor order, copies count singly). */
  readonly donorCounts: Float64Array;
  /** Mean of each of `columns` in training: used when no donor is left; NaN never (such a column is not in `columns`). */
  readonly means: Float64Array;
}

/** Missing cells stay missing; the model has its own way with them. */
export interface NoImputer {
  readonly kind: "none";
}

export type Imputer = KnnImputer | NoImputer;

/** From encoded inputs (numbers, category codes, NaN) to the model's matrix. Same columns in, same columns out. */
export interface Preprocessor {
  readonly imputer: Imputer;
}

/**
 * Binary trees of one ensemble, side by side: node i of all trees together.
 *
 * A row goes left at a numeric node when its value <= `threshold`, at a categorical node when its code's
 * bit is set; a missing value (or an unknown code) goes left when `missingLeft` is 1. A leaf has
 * `feature` -1. Children stand after their parent, and a tree's nodes stand together.
 */
export interface TreeEnsemble {
  /** Index of each tree's root; ascending; the first is 0. */
  readonly roots: Int32Array;
  /** Input column, or -1 at a leaf. */
  readonly feature: Int32Array;
  /** Numeric nodes: the bound, or Infinity where every value goes left; else 0. */
  readonly threshold: Float64Array;
  /** Index of each child; -1 at a leaf. Every node but the roots is the child of exactly one node. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 or 0; 0 at a leaf. */
  readonly missingLeft: Uint8Array;
  /** Categorical nodes: where the node's words begin in `categoryBits`; else -1. */
  readonly categoryStart: Int32Array;
  /** For each categorical node ceil(categories / 32) words; bit (code & 31) of word (code >> 5); spare bits are 0. */
  readonly categoryBits: Uint32Array;
  /** Leaves: the tree's answer (share of the positive class, or a score); inner nodes: the same over their rows. */
  readonly value: Float64Array;
  /** Sum of training weights that reached the node, greater than 0 (explanations need it). */
  readonly cover: Float64Array;
}

/** Probability of the positive class = mean of the trees' leaf shares. One tree: a decision tree. */
export interface ForestModel {
  readonly kind: "forest";
  readonly trees: TreeEnsemble;
}

/**
 * Probability = sigmoid(intercept + sum of terms). A numeric input adds coefficient * (x - center) / scale; a
 * categorical one adds its code's coefficient; a missing cell adds nothing (the mean, for a numeric input).
 */
export interface LogisticModel {
  readonly kind: "logistic";
  readonly intercept: number;
  /** Per input column: where its coefficients start; a numeric column has one, a categorical one per category. */
  readonly start: Int32Array;
  readonly coefficients: Float64Array;
  /** Per input column; 0 for a categorical one. */
  readonly center: Float64Array;
  /** Per input column; greater than 0 for a numeric one, and 0 for a categorical one: that tells them apart. */
  readonly scale: Float64Array;
}

/** Probability = sigmoid(initial + scale * sum of the trees' leaf values): a value is a score, not a share. */
export interface BoostingModel {
  readonly kind: "boosting";
  readonly trees: TreeEnsemble;
  /** The score, in log-odds, before any tree. */
  readonly initial: number;
  /** Greater than 0. */
  readonly scale: number;
}

/**
 * A feed-forward network. Input column c has the units from `unitStart[c]` to `unitStart[c + 1]`: a categorical one
 * a unit a category, 1 for the cell's and 0 for the others; a numeric one with `scale` above 0 a single unit,
 * (x - center) / scale, kept from -1e30 to 1e30; a numeric one with `scale` 0 a unit a value, 1 where the cell equals
 * `unitValue`. All units of a missing cell, and of a value that has no unit, are 0. Layers but the last apply
 * max(0, x); the last one has one output, and the probability is its sigmoid.
 */
export interface NetworkModel {
  readonly kind: "network";
  /** One entry a column and one more: the number of units. */
  readonly unitStart: Int32Array;
  /** Per input column; 0 where the column has no center and scale. */
  readonly center: Float64Array;
  readonly scale: Float64Array;
  /** Per unit: the value that it stands for, ascending in a column; 0 in columns that have none. */
  readonly unitValue: Float64Array;
  /** From 1 to 64. Weights so large that an output could pass 1e300 are refused: a sum must never overflow. */
  readonly layers: readonly NetworkLayer[];
}

/** Output o = bias[o] + sum over inputs i of input[i] * weights[i * outputs + o]. */
export interface NetworkLayer {
  readonly weights: Float64Array;
  /** Its length is the number of outputs. */
  readonly bias: Float64Array;
}

/** A model by itself, not made of others. */
export type SingleModel = ForestModel | LogisticModel | BoostingModel | NetworkModel;

/** Probability = sum of weight * the member's probability, at most 1. */
export interface AverageModel {
  readonly kind: "average";
  /** From 1 to 256. */
  readonly members: readonly SingleModel[];
  /** One a member: above 0, and 1 together (to within 1e-9). */
  readonly weights: Float64Array;
}

/**
 * Probability = sigmoid(intercept + sum of coefficient * log-odds of the member's probability), each probability
 * first kept within 1e-6 of 0 and 1.
 */
export interface StackingModel {
  readonly kind: "stacking";
  /** From 1 to 256. */
  readonly members: readonly SingleModel[];
  readonly intercept: number;
  /** One a member. */
  readonly coefficients: Float64Array;
}

/** A model made of others. Its members read the same inputs; none of them is made of others itself. */
export type CompositeModel = AverageModel | StackingModel;

export type Model = SingleModel | CompositeModel;

/** Training distribution of one input, for drift and for pages. */
export type FeatureProfile = NumericProfile | CategoricalProfile;

export interface NumericProfile {
  readonly kind: "numeric";
  readonly name: string;
  /** Sums of weights. */
  readonly count: number;
  readonly missing: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  /** Distinct values and their weights, ascending, when there are at most 32; else null. */
  readonly values: readonly { readonly value: number; readonly count: number }[] | null;
  /** Quantiles at 0, 5, 10, ... 100 %, when `values` is null. */
  readonly quantiles: readonly number[] | null;
}

export interface CategoricalProfile {
  readonly kind: "categorical";
  readonly name: string;
  readonly count: number;
  readonly missing: number;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** What transformation fits: how a row of the outside world becomes a row of the model's matrix. */
export interface FittedInputs {
  readonly features: readonly InputFeature[];
  /** Cells that count as missing, besides null and the empty cell; compared after trimming. */
  readonly missingMarkers: readonly string[];
  readonly classes: { readonly negative: BundleClass; readonly positive: BundleClass };
  readonly preprocessor: Preprocessor;
  readonly profile: readonly FeatureProfile[];
}

/** Everything that determines a prediction, and nothing else. */
export interface Bundle extends FittedInputs {
  readonly model: Model;
  readonly calibration: { readonly kind: "none" };
  /** The positive class is predicted when the probability is greater than or equal to it. */
  readonly threshold: number;
}
