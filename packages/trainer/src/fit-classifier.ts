import { PipelineError } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { canonicalRows } from "./data/canonical-part.ts";
import { checkRows } from "./data/check-rows.ts";
import { codedRows } from "./data/coded-rows.ts";
import { plainNumber } from "./data/labelled-rows.ts";
import { applyBins } from "./engine/apply-bins.ts";
import type { RowMajorNumbers } from "./engine/dtypes.ts";
import { fitBins } from "./engine/fit-bins.ts";
import { WorkerPool } from "./engine/pool.ts";
import { completeParams } from "./families/complete-params.ts";
import type { CandidateParams, Family, FitResult } from "./families/family.ts";
import { fitWhole } from "./selection/fit-whole.ts";
import { runFitTask } from "./selection/run-task.ts";
import type { FitData } from "./selection/run-task.ts";

/** Labelled rows in memory. Not changed. */
export interface LabelledMatrix {
  /** Missing is NaN; a categorical column holds the codes of its feature. */
  readonly x: RowMajorNumbers;
  /** 1 positive, 0 negative, one a row. */
  readonly labels: Uint8Array;
  /** Positive and finite, one a row; absent when all are 1. */
  readonly weights?: Float64Array;
  readonly features: readonly InputFeature[];
}

/** What is fitted, and with what. */
export interface FitClassifierOptions {
  /** A family of trainer.families. */
  readonly family: string;
  /** The family's parameters, one value each; those not given have their defaults. */
  readonly params: CandidateParams;
  readonly seed: number;
  /** Threads at most. The model does not depend on it. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Called with the share of the fit that is done. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Fits of at most this effort on this many cells run in the caller's thread: they take less than a worker needs to
 * start, some 70 ms.
 */
const SMALL_EFFORT = 40;
const SMALL_CELLS = 300_000;

/**
 * Fits one model on all rows, without folds, choice or evaluation. The model does not depend on the order of the
 * rows. Of the families that read codes alone, the numbers of the matrix are never copied when the weights are whole.
 *
 * @throws PipelineError TRAINER_UNKNOWN_FAMILY, TRAINER_UNKNOWN_PARAM, TRAINER_PARAM_MISSING, TRAINER_NO_ROWS,
 *   TRAINER_SHAPE_MISMATCH, TRAINER_BAD_LABEL, TRAINER_BAD_WEIGHT, TRAINER_BAD_FEATURE, TRAINER_ONE_CLASS before
 *   any work; TRAINER_WORKER_FAILED; the signal's reason soon after it is aborted.
 */
export async function fitClassifier(
  rows: LabelledMatrix,
  options: FitClassifierOptions,
): Promise<FitResult> {
  const { seed, jobs, signal, onProgress } = options;
  const { family, params } = completeParams(options.family, options.params);
  signal.throwIfAborted();
  const data = fitDataOf(rows, family, seed);
  const { rows: height, cols } = data.binned.codes;
  if (family.effort(params) * height * cols <= SMALL_EFFORT * SMALL_CELLS) {
    const task = { kind: "fit", family: family.name, params, members: null, threads: 1 } as const;
    const result = await runFitTask(data, task, (done, of) => onProgress?.(done / of));
    signal.throwIfAborted();
    return result;
  }
  const pool = new WorkerPool(data, jobs, signal);
  try {
    return await fitWhole(pool, { family: family.name, params }, jobs, onProgress);
  } finally {
    await pool.close();
  }
}

function fitDataOf(rows: LabelledMatrix, { reads }: Family, seed: number): FitData {
  const { x, labels, weights = null, features } = rows;
  checkShape(rows);
  checkRows({ x, labels, weights }, features, "training", (row) => row + 1);
  const whole = weights === null || weights.every((weight) => Number.isInteger(weight));
  if (reads === "codes" && whole) {
    const { binned, targets } = codedRows(x, labels, weights, features);
    const none = { data: new Float64Array(0), rows: 0, cols: x.cols };
    return { seed, x: none, features, binned, targets, weightUnit: 1 };
  }
  const data = new Float64Array(x.data.length);
  for (let i = 0; i < data.length; i++) data[i] = plainNumber(x.data[i] as number);
  const part = canonicalRows({
    x: { data, rows: x.rows, cols: x.cols },
    labels,
    // Without folds it does not matter which rows belong together.
    groups: new Float64Array(x.rows),
    weights: weights ?? new Float64Array(x.rows).fill(1),
  });
  const { targets, cells } = part;
  const columns = fitBins(part.x, targets.weight, features, cells.weightUnit);
  const binned = applyBins(part.x, columns);
  return { seed, x: part.x, features, binned, targets, weightUnit: cells.weightUnit };
}

function checkShape({ x, labels, weights, features }: LabelledMatrix): void {
  const { rows, cols } = x;
  const lengths = [x.data.length, labels.length, weights?.length ?? rows, features.length];
  const wanted = [rows * cols, rows, rows, cols];
  if (lengths.every((length, i) => length === wanted[i])) return;
  throw new PipelineError(
    "TRAINER_SHAPE_MISMATCH",
    `A matrix of ${rows} x ${cols} needs ${wanted.join(", ")} cells, labels, weights and features, got ${lengths.join(", ")}`,
    { hint: "Give one label and weight a row, one feature a column", details: { rows, cols } },
  );
}
