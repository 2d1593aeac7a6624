import type { DatasetSchema } from "./dataset-schema.ts";

/** Paths in artifacts are relative to the stage's own folder, with forward slashes. */

/** Where the rows came from. */
export interface SourceDescription {
  readonly kind: "csv" | "parquet" | "mongodb" | "uci" | "synthetic";
  /** For people: a file name, a collection, a dataset's name; without credentials. */
  readonly name: string;
  /** True when the rows were made up: every later stage and the manifest carry it on. */
  readonly synthetic: boolean;
}

/** How the rows were dealt to train and test. */
export interface SplitDescription {
  readonly by: "vector" | "group" | "random";
  readonly testShare: number;
  readonly trainRows: number;
  readonly testRows: number;
  /** Distinct groups (feature vectors when `by` is vector) on each side; they never overlap unless `by` is random. */
  readonly trainGroups: number;
  readonly testGroups: number;
  /** Test rows whose feature vector also stands in train: 0 unless `by` is random. */
  readonly leakedTestRows: number;
}

export interface IngestionArtifact {
  readonly stage: "ingestion";
  readonly source: SourceDescription;
  readonly schema: DatasetSchema;
  /** Rows accepted from the source; equals trainRows + testRows. */
  readonly rows: number;
  /** Rows that could not be read, kept in `rejectedFile`. */
  readonly rejectedRows: number;
  readonly distinctVectors: number;
  /** Rows beyond the first of their (vector, label). */
  readonly duplicateRows: number;
  /** Rows whose vector occurs with both labels. */
  readonly conflictingRows: number;
  /** SHA-256 of the accepted rows' content, whatever their order. */
  readonly fingerprint: string;
  readonly split: SplitDescription;
  readonly files: {
    readonly featureStore: string;
    readonly trainCsv: string | null;
    readonly testCsv: string | null;
    readonly train: string;
    readonly test: string;
    readonly rejected: string | null;
  };
  /** Sentences for people: what was noticed and is not an error. */
  readonly notes: readonly string[];
}

export type Severity = "error" | "warning" | "note";

/** One thing that validation found. `code` is from validation's table of findings. */
export interface Finding {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly column?: string;
  /** Rows concerned, where rows are. */
  readonly count?: number;
  /** A few of them: source row numbers (1 is the first data row). */
  readonly exampleRows?: readonly number[];
}

export interface ValidationArtifact {
  readonly stage: "validation";
  /** False when any finding is an error. */
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly files: {
    readonly report: string;
    readonly driftReport: string;
    readonly invalid: string | null;
  };
}

export interface TransformationArtifact {
  readonly stage: "transformation";
  /** What rows of one group share, as in the split: cross-validation must not part them. */
  readonly groupedBy: SplitDescription["by"];
  /** Columns of the matrix, in order; the label is one more column at the end of the .npy files. */
  readonly features: readonly string[];
  readonly trainRows: number;
  readonly testRows: number;
  /** Missing cells that imputation filled. */
  readonly imputedCells: { readonly train: number; readonly test: number };
  readonly files: {
    /** float64, C order: features in order, then the label as 0 or 1 (1 is the positive class). */
    readonly train: string;
    readonly test: string;
    /** float64, one line a row of the matrix beside it: source row, group id, weight. */
    readonly trainRows: string;
    readonly testRows: string;
    readonly preprocessing: string;
  };
  readonly notes: readonly string[];
}

/** A share or score with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Counts (sums of weights) by true and predicted class. */
export interface ConfusionCounts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
  readonly falseNegative: number;
}

/** The usual scores of a two-class model; the named positive class counts as positive. */
export interface ClassificationScores {
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly falsePositiveRate: number;
  readonly rocAuc: number;
  readonly logLoss: number;
}

/** One candidate of the search, scored by cross-validation on the training part. */
export interface LeaderboardEntry {
  readonly family: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  /** Mean over folds. */
  readonly scores: ClassificationScores;
  /** Standard error over folds of the selection metric. */
  readonly standardError: number;
  /**
   * Share of the training part's rows that it was scored on, where the search left it behind after a sample: its
   * scores do not compare with those of candidates that got further. Absent: all rows.
   */
  readonly trainingShare?: number;
}

/** How the candidates were found. */
export interface SearchDescription {
  readonly kind: "grid" | "random" | "halving";
  /** Candidates that the families' settings make. */
  readonly combinations: number;
  /** How many of them were to be tried. */
  readonly candidates: number;
  /** How many of those have no place on the leaderboard because time was up. */
  readonly leftOut: number;
  /** Seconds; null when there was no limit. With one, the result depends on the machine's speed. */
  readonly timeBudget: number | null;
}

/** What the trainer knows about the model it chose. */
export interface TrainerArtifact {
  readonly stage: "trainer";
  readonly family: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly selection: {
    readonly metric: string;
    readonly folds: number;
    /** How the folds were made: rows that share a group never straddle folds. */
    readonly by: "vector" | "group" | "random";
    readonly search: SearchDescription;
  };
  /**
   * Best first, by the selection metric; candidates that were scored on fewer rows after those that were scored on
   * more. The families `average` and `stacking` are combinations of others: their params name the members, and their
   * scores on each fold are those of a combination fitted on the other folds.
   */
  readonly leaderboard: readonly LeaderboardEntry[];
  readonly train: ClassificationScores;
  readonly crossValidation: ClassificationScores;
  /** Same folds count, rows dealt at random: flatters where rows repeat. */
  readonly randomCrossValidation: ClassificationScores;
  readonly test: {
    readonly scores: ClassificationScores;
    /** 95 %, bootstrap over groups. */
    readonly intervals: Readonly<Record<keyof ClassificationScores, Estimate>>;
    readonly confusion: ConfusionCounts;
    /** The same predictions with the negative class counted as positive. */
    readonly negativeAsPositive: Pick<ClassificationScores, "precision" | "recall" | "f1">;
  };
  readonly threshold: number;
  readonly files: {
    readonly bundle: string;
    readonly evidence: string;
    /** float64 (test rows, 1): the probability of the positive class. */
    readonly testProbabilities: string;
  };
  /** SHA-256 of the bundle file. */
  readonly bundleHash: string;
  readonly notes: readonly string[];
}
