import { PipelineError } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { binningNotes } from "./data/binning-notes.ts";
import { canonicalRows } from "./data/canonical-part.ts";
import { checkRows } from "./data/check-rows.ts";
import { codedRows } from "./data/coded-rows.ts";
import { maskGroups } from "./data/mask-groups.ts";
import { refuseEmptyColumns } from "./data/refuse-empty-columns.ts";
import { applyBins } from "./engine/apply-bins.ts";
import type { RowMajorNumbers } from "./engine/dtypes.ts";
import { fitBins } from "./engine/fit-bins.ts";
import { pause } from "./engine/pause.ts";
import { WORKER_URL, WorkerPool } from "./engine/pool.ts";
import { hasIdleThread } from "./engine/threads.ts";
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
  readonly labels: ArrayLike<number>;
  /** Positive and finite, one a row; absent when all are 1. */
  readonly weights?: ArrayLike<number>;
  readonly features: readonly InputFeature[];
}

/** What is fitted, and with what. */
export interface FitClassifierOptions {
  /** A family of trainer.families. */
  readonly family: string;
  /** The family's parameters, one value each; those not given have their defaults. */
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
 * Fits of at most this effort on this many cells run in the caller's thread when no other is idle: they take less than
 * one needs to start, some 70 ms.
 */
const SMALL_EFFORT = 40;
const SMALL_CELLS = 300_000;

/**
 * Fits one model on all rows, without folds, choice or evaluation. The model does not depend on the order of the
 * rows. Of the families that read codes alone, the numbers of the matrix are never copied when the weights are whole.
 *
 * @throws PipelineError TRAINER_UNKNOWN_FAMILY, TRAINER_UNKNOWN_PARAM, TRAINER_PARAM_MISSING, TRAINER_NO_ROWS,
 *   TRAINER_SHAPE_MISMATCH, TRAINER_BAD_LABEL, TRAINER_BAD_WEIGHT, TRAINER_BAD_FEATURE, TRAINER_ONE_CLASS,
 *   TRAINER_EMPTY_COLUMN, TRAINER_BAD_MASK_GROUP, TRAINER_BAD_CONSTRAINT, TRAINER_OUT_OF_MEMORY before any fitting;
 *   TRAINER_WORKER_FAILED; the signal's reason soon after it is aborted.
 */
export async function fitClassifier(
  rows: LabelledMatrix,
  options: FitClassifierOptions,
): Promise<FitResult> {
  const { jobs, signal, onProgress } = options;
  const { family, params } = completeParams(options.family, options.params);
  signal.throwIfAborted();
  const data = await fitDataOf(rows, family, params, options);
  const here = isSmall(family, params, data) && !hasIdleThread(WORKER_URL);
  const result = here
    ? await fitHere(data, family, params, options)
    : await fitInPool(new WorkerPool(data, jobs, signal), family, params, jobs, onProgress);
  return { ...result, notes: [...result.notes, ...binningNotes(rows.features)] };
}

function isSmall(family: Family, params: CandidateParams, data: FitData): boolean {
  const { rows, cols } = data.binned.codes;
  const copies = (params["mask_copies"] as number | undefined) ?? 0;
  return family.effort(params) * rows * (1 + copies) * cols <= SMALL_EFFORT * SMALL_CELLS;
}

async function fitHere(
  data: FitData,
  family: Family,
  params: CandidateParams,
  { signal, onProgress }: FitClassifierOptions,
): Promise<FitResult> {
  const task = { kind: "fit", family: family.name, params, members: null, threads: 1 } as const;
  const result = await runFitTask(data, task, (done, of) => onProgress?.(done / of));
  signal.throwIfAborted();
  return result;
}

async function fitInPool(
  pool: WorkerPool,
  { name: family }: Family,
  params: CandidateParams,
  jobs: number,
  onProgress: FitClassifierOptions["onProgress"],
): Promise<FitResult> {
  try {
    return await fitWhole(pool, { family, params }, jobs, onProgress);
  } finally {
    await pool.close();
  }
}

async function fitDataOf(
  rows: LabelledMatrix,
  { reads }: Family,
  params: CandidateParams,
  { seed, maskGroups: groups = [], signal }: FitClassifierOptions,
): Promise<FitData> {
  checkShape(rows);
  const { x, features } = rows;
  const weights = rows.weights === undefined ? null : Float64Array.from(rows.weights);
  checkRows({ x, labels: rows.labels, weights }, features, "training", (row) => row + 1);
  await pause(signal);
  refuseEmptyColumns(x, features);
  await pause(signal);
  const labels = Uint8Array.from(rows.labels);
  const shared = { seed, features, maskGroups: maskGroups(groups, features) };
  const whole = weights === null || weights.every((weight) => Number.isInteger(weight));
  // Masked copies are made of the numbers.
  const copies = (params["mask_copies"] as number | undefined) ?? 0;
  if (reads !== "values" && whole && copies === 0) {
    const form = reads === "codes" ? "columns" : "packed";
    const columns = fitBins(x, weights, features);
    await pause(signal);
    const { binned, targets } = codedRows(x, columns, labels, weights, form);
    await pause(signal);
    const none = { data: new Float64Array(0), rows: 0, cols: x.cols };
    return { ...shared, x: none, binned, targets, weightUnit: 1 };
  }
  const part = canonicalRows({
    x,
    cols: x.cols,
    labels,
    // Without folds it does not matter which rows belong together.
    groups: new Float64Array(x.rows),
    weights: weights ?? new Float64Array(x.rows).fill(1),
  });
  await pause(signal);
  const { targets, cells } = part;
  const columns = fitBins(part.x, targets.weight, features, cells.weightUnit);
  await pause(signal);
  const binned = applyBins(part.x, columns);
  return { ...shared, x: part.x, binned, targets, weightUnit: cells.weightUnit };
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
