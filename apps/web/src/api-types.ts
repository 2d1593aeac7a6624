/** What the API sends, as far as the page reads it. */

/** One of the two classes: how people call it, and the value that predictions carry for it. */
interface ModelClass {
  readonly name: string;
  readonly label: string | number;
}

export interface ModelClasses {
  readonly negative: ModelClass;
  readonly positive: ModelClass;
}

export interface NumericFeature {
  readonly kind: "numeric";
  readonly name: string;
  /** The only values allowed; absent when any number is. */
  readonly values?: readonly number[];
  readonly minimum?: number;
  readonly maximum?: number;
}

interface CategoricalFeature {
  readonly kind: "categorical";
  readonly name: string;
  /** Seen in training. */
  readonly categories: readonly string[];
  /** The only values allowed; absent when any text is. */
  readonly values?: readonly string[];
}

export type Feature = NumericFeature | CategoricalFeature;

/** A figure with its 95 % interval. */
interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type ScoreName =
  | "accuracy"
  | "precision"
  | "recall"
  | "f1"
  | "falsePositiveRate"
  | "rocAuc"
  | "logLoss";

export type Scalar = string | number | boolean | null;

export interface Gate {
  readonly name: string;
  readonly passed: boolean;
  readonly value: Scalar;
  readonly bound: Scalar;
}

/** Where the model comes from, and how good it is. */
export interface Manifest {
  readonly publishedAt: string;
  readonly source: { readonly name: string };
  readonly data: {
    readonly fingerprint: string;
    readonly rows: number;
    readonly distinctVectors: number;
    readonly duplicateRows: number;
    readonly conflictingRows: number;
  };
  readonly split: {
    readonly by: "vector" | "group" | "random";
    readonly trainRows: number;
    readonly testRows: number;
    readonly leakedTestRows: number;
  };
  readonly model: { readonly family: string; readonly params: Readonly<Record<string, Scalar>> };
  readonly metrics: {
    readonly test: Readonly<Record<ScoreName, Estimate>>;
    readonly protocol: string;
    readonly negativeAsPositive: Readonly<Record<"precision" | "recall" | "f1", number>>;
  };
  readonly gates: readonly Gate[];
  readonly run: string;
  readonly seed: number;
  readonly gitCommit: string | null;
  readonly files: Readonly<Record<string, string>>;
}

/** GET /api/v1/model */
export interface ModelDescription {
  /** There when the training rows were made up. */
  readonly warning?: string;
  readonly name: string;
  readonly version: number;
  readonly bundleHash: string;
  /** The positive class is predicted from this probability on. */
  readonly threshold: number;
  readonly classes: ModelClasses;
  readonly features: readonly Feature[];
  /** What one upload may hold. */
  readonly limits?: { readonly uploadBytes: number; readonly csvRows: number };
  readonly manifest: Manifest;
}

/** Something about a row that its reader should know. */
export interface RowProblem {
  readonly code: string;
  /** "" when the whole row is meant. */
  readonly column: string;
  readonly message: string;
  /** The row has no prediction because of it. */
  readonly fatal: boolean;
}

export interface Prediction {
  readonly label: string | number | null;
  readonly probability: number | null;
  readonly problems?: readonly RowProblem[];
}

/** POST /predict as JSON (with the summary) and POST /api/v1/predictions (without). */
export interface PredictionAnswer {
  readonly model: { readonly name: string; readonly version: number };
  readonly summary?: string;
  readonly predictions: readonly Prediction[];
}
