import type { ClassificationScores, RowMajorF64 } from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { InputFeature, Model } from "@gillnet/model-bundle";

import type { BinnedMatrix, RowTargets } from "../engine/dtypes.ts";
import type { CandidateParams, Family, FitResult, TrainingSet } from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import { scorePredictions } from "../metrics/score-predictions.ts";
import { foldTargets } from "./folds.ts";
import type { FoldedCells } from "./folds.ts";

/** The threshold that scores are measured at, and that the bundle gets. */
export const THRESHOLD = 0.5;

/** What all tasks of a search read, in any thread. Never changed. */
export interface SearchData {
  readonly seed: number;
  readonly x: RowMajorF64;
  readonly features: readonly InputFeature[];
  readonly binned: BinnedMatrix;
  readonly weightUnit: number;
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
}

export type SearchTask = ScoreTask | FitTask;

/** Runs one task. Depends on nothing but its arguments. A score task gives one value a stage. */
export function runTask(data: SearchData, task: ScoreTask): readonly ClassificationScores[];
export function runTask(data: SearchData, task: FitTask): FitResult;
export function runTask(
  data: SearchData,
  task: SearchTask,
): readonly ClassificationScores[] | FitResult;
export function runTask(
  data: SearchData,
  task: SearchTask,
): readonly ClassificationScores[] | FitResult {
  const family = familyNamed(task.family);
  const random = new SeededRandom(data.seed).fork("trainer").fork(family.name);
  if (task.kind === "score") return scoreFold(data, task, family, random);
  // No fold has the number -1, so nothing is held out.
  const training = trainingSet(
    data,
    foldTargets(data.folds.selection, data.x.rows, -1, "training"),
  );
  return task.members !== null && family.parts
    ? family.parts.fitMembers(training, task.params, random, task.members.start, task.members.end)
    : family.fit(training, task.params, random);
}

function scoreFold(
  data: SearchData,
  task: ScoreTask,
  family: Family,
  random: SeededRandom,
): readonly ClassificationScores[] {
  const cells = data.folds[task.folds];
  const training = trainingSet(data, foldTargets(cells, data.x.rows, task.fold, "training"));
  const heldOutTargets = foldTargets(cells, data.x.rows, task.fold, "heldOut");
  if (task.stages !== null && family.staged?.probabilities) {
    return family.staged
      .probabilities(training, task.params, random, task.stages)
      .map((probability) => scorePredictions(probability, heldOutTargets, THRESHOLD));
  }
  const { model } = family.fit(training, task.params, random);
  const heldOut = heldOutRows(data.x, heldOutTargets);
  const score = (stage: Model): ClassificationScores =>
    scorePredictions(predictProbabilities(stage, heldOut.x), heldOut.targets, THRESHOLD);
  const { staged } = family;
  if (task.stages === null || !staged) return [score(model)];
  return task.stages.map((count) => score(staged.firstMembers(model, count)));
}

function trainingSet(data: SearchData, targets: RowTargets): TrainingSet {
  const { x, features, binned, weightUnit } = data;
  return { x, features, binned, weightUnit, targets };
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
  result: readonly ClassificationScores[] | FitResult,
): readonly ArrayBuffer[] {
  if (!("model" in result)) return [];
  const { model } = result;
  const arrays = Object.values(model.kind === "logistic" ? model : model.trees);
  const buffers = new Set<ArrayBuffer>();
  for (const array of arrays) {
    if (ArrayBuffer.isView(array) && array.buffer instanceof ArrayBuffer) buffers.add(array.buffer);
  }
  return [...buffers];
}
