import { PipelineError } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { binningNotes } from "./data/binning-notes.ts";
import { canonicalPart } from "./data/canonical-part.ts";
import { maskGroups } from "./data/mask-groups.ts";
import { refuseEmptyColumns } from "./data/refuse-empty-columns.ts";
import { applyBins } from "./engine/apply-bins.ts";
import { fitBins } from "./engine/fit-bins.ts";
import { WorkerPool } from "./engine/pool.ts";
import type { CandidateParams, FitResult } from "./families/family.ts";
import { fitWhole } from "./selection/fit-whole.ts";
import type { FitData } from "./selection/run-task.ts";

/** Labelled rows in memory. */
export interface LabelledMatrix {
  /** Missing is NaN; a categorical column holds the codes of its feature. Not changed. */
  readonly x: RowMajorF64;
  /** 1 positive, 0 negative, one a row. */
  readonly labels: ArrayLike<number>;
  /** Positive and finite, one a row; absent when all are 1. */
  readonly weights?: ArrayLike<number>;
  readonly features: readonly InputFeature[];
}

/** What is fitted, and with what. */
export interface FitClassifierOptions {
  /** A family of trainer.families. */
  readonly family: string;
  /** All of the family's parameters, one value each. */
  readonly params: CandidateParams;
  /** Names of columns that masked copies hide together; absent when each is hidden by itself. */
  readonly maskGroups?: readonly (readonly string[])[];
  readonly seed: number;
  /** Threads at most. The model does not depend on it. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Called with the share of the fit that is done. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Fits one model on all rows, without folds, choice or evaluation. The model does not depend on the order of the
 * rows.
 *
 * @throws PipelineError TRAINER_NO_ROWS, TRAINER_SHAPE_MISMATCH, TRAINER_BAD_LABEL, TRAINER_BAD_WEIGHT,
 *   TRAINER_BAD_FEATURE, TRAINER_ONE_CLASS, TRAINER_EMPTY_COLUMN, TRAINER_BAD_MASK_GROUP, TRAINER_BAD_CONSTRAINT,
 *   TRAINER_OUT_OF_MEMORY before any fitting; TRAINER_WORKER_FAILED; the signal's reason soon after it is aborted.
 */
export async function fitClassifier(
  rows: LabelledMatrix,
  options: FitClassifierOptions,
): Promise<FitResult> {
  const { family, params, jobs, signal, onProgress } = options;
  signal.throwIfAborted();
  const pool = new WorkerPool(fitDataOf(rows, options), jobs, signal);
  try {
    const fitted = await fitWhole(pool, { family, params }, jobs, onProgress);
    return { ...fitted, notes: [...fitted.notes, ...binningNotes(rows.features)] };
  } finally {
    await pool.close();
  }
}

function fitDataOf(
  rows: LabelledMatrix,
  { seed, maskGroups: groups = [] }: FitClassifierOptions,
): FitData {
  checkSizes(rows);
  const { x, labels, weights, features } = rows;
  const cols = x.cols;
  const matrix = new Float64Array(x.rows * (cols + 1));
  const about = new Float64Array(x.rows * 3);
  for (let row = 0; row < x.rows; row++) {
    matrix.set(x.data.subarray(row * cols, (row + 1) * cols), row * (cols + 1));
    matrix[row * (cols + 1) + cols] = labels[row] as number;
    about[row * 3] = row + 1;
    about[row * 3 + 1] = row;
    about[row * 3 + 2] = weights === undefined ? 1 : (weights[row] as number);
  }
  const part = canonicalPart(
    { data: matrix, rows: x.rows, cols: cols + 1 },
    { data: about, rows: x.rows, cols: 3 },
    features,
    "training",
  );
  refuseEmptyColumns(part.x, features);
  const binned = applyBins(part.x, fitBins(part.x, part.targets.weight, features));
  const { targets, cells } = part;
  return {
    seed,
    x: part.x,
    features,
    binned,
    targets,
    weightUnit: cells.weightUnit,
    maskGroups: maskGroups(groups, features),
  };
}

function checkSizes({ x, labels, weights, features }: LabelledMatrix): void {
  const fits =
    x.data.length === x.rows * x.cols &&
    labels.length === x.rows &&
    (weights === undefined || weights.length === x.rows) &&
    features.length === x.cols;
  if (fits) return;
  throw new PipelineError(
    "TRAINER_SHAPE_MISMATCH",
    `A matrix of ${x.rows} x ${x.cols} needs as many cells, labels, weights and features, got ${x.data.length} cells, ${labels.length} labels, ${weights?.length ?? "no"} weights and ${features.length} features`,
    { hint: "Give one label, and one weight if any, a row, and one feature a column" },
  );
}
