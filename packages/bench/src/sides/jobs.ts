/** Params of a model, as its library calls them. */
export type ModelParams = Readonly<Record<string, string | number | boolean | null>>;

/** Fit one model some times over and predict other rows. Paths are absolute. */
export interface FitJob {
  readonly kind: "fit";
  readonly x: string;
  readonly y: string;
  readonly xTest: string;
  /** Where the probabilities for `xTest` are written. */
  readonly out: string;
  /** Fits in the one process; the first is the warm-up of the others. */
  readonly fits: number;
}

/** Fit one model without each fold in turn, and predict that fold. */
export interface FoldsJob {
  readonly kind: "folds";
  readonly x: string;
  readonly y: string;
  readonly folds: string;
  /** Where the probabilities for all rows of `x` are written. */
  readonly out: string;
}

/** The original's whole training job. */
export interface GridJob {
  readonly kind: "grid";
  readonly x: string;
  readonly y: string;
  readonly xTest: string;
  readonly yTest: string;
  /** An empty folder to write into. */
  readonly folder: string;
}

/** What Gillnet's side is told besides. */
export interface GillnetModel {
  readonly family: string;
  /** Those not named are the trainer's defaults. */
  readonly params: ModelParams;
}

/** What the pipeline makes of several models, in place of one model of FoldsJob. */
export interface PublishedJob extends Omit<FoldsJob, "kind"> {
  readonly kind: "published";
  readonly members: readonly GillnetModel[];
  /** How the folds within a training part are dealt. */
  readonly by: "random" | "vector";
  /** A folder to write into. */
  readonly folder: string;
}

export type GillnetJob = (((FitJob | FoldsJob) & GillnetModel) | GridJob | PublishedJob) & {
  readonly threads: number;
  readonly seed: number;
};

/** A winner of a grid search. */
export interface GridWinner {
  readonly family: string;
  readonly params: ModelParams;
  readonly crossValidationAccuracy: number;
  readonly testAccuracy: number;
  readonly testF1: number;
}

/** What a side answers. */
export interface SideAnswer {
  /** One a fit, or one a fold, or one in all. */
  readonly seconds: readonly number[];
  readonly peakMegabytes?: number;
  readonly models?: readonly GridWinner[];
  /** True when `out` holds classes, 0 and 1, because the library gives no probabilities. */
  readonly classesOnly?: boolean;
}
