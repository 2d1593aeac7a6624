import type { ClassificationScores, RowMajorF64 } from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { InputFeature, Model } from "@gillnet/model-bundle";

import { weighClasses } from "../data/weigh-classes.ts";
import type { BinnedMatrix, RowTargets } from "../engine/dtypes.ts";
import type {
  CandidateParams,
  Family,
  FitContext,
  FitResult,
  PartResult,
  TrainingSet,
} from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import { scorePredictions } from "../metrics/score-predictions.ts";
import { THRESHOLD } from "../metrics/threshold.ts";
import { foldTargets } from "./folds.ts";
import type { FoldedCells } from "./folds.ts";

/** What all fits of one training part read, in any thread. Never changed. */
export interface FitData {
  readonly seed: number;
  readonly x: RowMajorF64;
  readonly features: readonly InputFeature[];
  readonly binned: BinnedMatrix;
  /** Of all rows. In shared memory. */
  readonly targets: RowTargets;
  readonly weightUnit: number;
}

/** What all tasks of a search read. */
export interface SearchData extends FitData {
  readonly folds: Readonly<Record<FoldKind, FoldedCells>>;
}

/** The folds that candidates are chosen by, and those dealt at random for comparison. */
export type FoldKind = "selection" | "random";

/** Fit on all folds but one and score on that one. */
export interface ScoreTask {
  readonly kind: "score";
  readonly family: string;
  readonly params: CandidateParams;
  /** Sizes to score the ensemble at, for a staged family; `params` has the largest. Else null. */
  readonly stages: readonly number[] | null;
  readonly folds: FoldKind;
  readonly fold: number;
}

/** Fit on the whole training part: all of the model, or an ensemble's members from start to end (exclusive). */
export interface FitTask {
  readonly kind: "fit";
  readonly family: string;
  readonly params: CandidateParams;
  readonly members: { readonly start: number; readonly end: number } | null;
  /** Threads that the fit may keep busy. */
  readonly threads: number;
}

export type SearchTask = ScoreTask | FitTask;

/** Called as a task goes on, with how many members of an ensemble are done of how many. */
export type OnMember = FitContext["onMember"];

/** Scores a candidate on one fold: one value a stage. Depends on nothing but its arguments. */
export async function runScoreTask(
  data: SearchData,
  task: ScoreTask,
  onMember: OnMember,
): Promise<readonly ClassificationScores[]> {
  const family = familyNamed(task.family);
  const context = { random: streamOf(data, family), threads: 1, onMember };
  const cells = data.folds[task.folds];
  const targets = foldTargets(cells, data.x.rows, task.fold, "training");
  const training = trainingFor(data, targets, task.params);
  const heldOutTargets = foldTargets(cells, data.x.rows, task.fold, "heldOut");
  if (task.stages !== null && family.staged?.probabilities) {
    const answers = await family.staged.probabilities(training, task.params, context, task.stages);
    return answers.map((probability) => scorePredictions(probability, heldOutTargets, THRESHOLD));
  }
  const { model } = await family.fit(training, task.params, context);
  const heldOut = heldOutRows(data.x, heldOutTargets);
  const score = (stage: Model): ClassificationScores =>
    scorePredictions(predictProbabilities(stage, heldOut.x), heldOut.targets, THRESHOLD);
  const { staged } = family;
  if (task.stages === null || !staged) return [score(model)];
  return task.stages.map((count) => score(staged.firstMembers(model, count)));
}

/** Fits a model, or some members of it. Depends on nothing but its arguments, `threads` apart. */
export async function runFitTask(
  data: FitData,
  task: FitTask,
  onMember: OnMember,
): Promise<FitResult | PartResult> {
  const { params, members, threads } = task;
  const family = familyNamed(task.family);
  const context = { random: streamOf(data, family), threads, onMember };
  const training = trainingFor(data, data.targets, params);
  return members !== null && family.parts
    ? family.parts.fitMembers(training, params, context, members.start, members.end)
    : family.fit(training, params, context);
}

/** The set that a candidate is fitted on: these rows, their classes weighed as its parameters say. */
function trainingFor(data: FitData, targets: RowTargets, params: CandidateParams): TrainingSet {
  return weighClasses({ ...data, targets }, params["class_weight"]);
}

function streamOf(data: FitData, family: Family): SeededRandom {
  return new SeededRandom(data.seed).fork("trainer").fork(family.name);
}

/** The rows that have weight, by themselves. */
function heldOutRows(
  x: RowMajorF64,
  targets: RowTargets,
): { readonly x: RowMajorF64; readonly targets: RowTargets } {
  const rows: number[] = [];
  targets.weight.forEach((weight, row) => {
    if (weight > 0) rows.push(row);
  });
  const data = new Float64Array(rows.length * x.cols);
  rows.forEach((row, at) => {
    data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), at * x.cols);
  });
  return {
    x: { data, rows: rows.length, cols: x.cols },
    targets: {
      sum: Float64Array.from(rows, (row) => targets.sum[row] as number),
      weight: Float64Array.from(rows, (row) => targets.weight[row] as number),
    },
  };
}

/** The buffers of a result, to be moved to another thread instead of copied. */
export function buffersOf(
  result: readonly ClassificationScores[] | FitResult | PartResult,
): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  if ("model" in result) {
    collectBuffers(result.model, buffers);
    if ("votes" in result) collectBuffers(result.votes, buffers);
  }
  return [...buffers];
}

/** Those of all typed arrays in the value, however deep: a model may have members. */
function collectBuffers(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) collectBuffers(part, buffers);
  }
}
