import type { ClassificationScores, RowMajorF64 } from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { InputFeature, Model } from "@gillnet/model-bundle";

import type { BinnedMatrix, RowTargets } from "../engine/dtypes.ts";
import type { CandidateParams, Family, FitContext, FitResult } from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import { scorePredictions } from "../metrics/score-predictions.ts";
import { foldTargets } from "./folds.ts";
import type { FoldedCells } from "./folds.ts";

/** The threshold that scores are measured at, and that the bundle gets. */
export const THRESHOLD = 0.5;

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
  /** One fit, or several that the family grows side by side. */
  readonly fits: readonly {
    readonly params: CandidateParams;
    /** Sizes to score the ensemble at, for a staged family; `params` has the largest. Else null. */
    readonly stages: readonly number[] | null;
  }[];
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

/** Scores fits on one fold: one value a fit and stage. Depends on nothing but its arguments. */
export async function runScoreTask(
  data: SearchData,
  task: ScoreTask,
  onMember: OnMember,
): Promise<readonly ClassificationScores[]> {
  const family = familyNamed(task.family);
  const context = { random: streamOf(data, family), threads: 1, onMember };
  const cells = data.folds[task.folds];
  const training = { ...data, targets: foldTargets(cells, data.x.rows, task.fold, "training") };
  const heldOutTargets = foldTargets(cells, data.x.rows, task.fold, "heldOut");
  const { staged } = family;
  const stagedFits = task.fits.flatMap(({ params, stages }) =>
    stages === null ? [] : [{ params, stages }],
  );
  if (staged?.probabilities && stagedFits.length > 0) {
    return staged
      .probabilities(training, stagedFits, context)
      .flat()
      .map((probability) => scorePredictions(probability, heldOutTargets, THRESHOLD));
  }
  const heldOut = heldOutRows(data.x, heldOutTargets);
  const score = (stage: Model): ClassificationScores =>
    scorePredictions(predictProbabilities(stage, heldOut.x), heldOut.targets, THRESHOLD);
  const scores: ClassificationScores[] = [];
  for (const { params, stages } of task.fits) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { model } = await family.fit(training, params, context);
    if (stages === null || !staged) scores.push(score(model));
    else scores.push(...stages.map((count) => score(staged.firstMembers(model, count))));
  }
  return scores;
}

/** Fits a model, or some members of it. Depends on nothing but its arguments, `threads` apart. */
export async function runFitTask(
  data: FitData,
  task: FitTask,
  onMember: OnMember,
): Promise<FitResult> {
  const { params, members, threads } = task;
  const family = familyNamed(task.family);
  const context = { random: streamOf(data, family), threads, onMember };
  return members !== null && family.parts
    ? family.parts.fitMembers(data, params, context, members.start, members.end)
    : family.fit(data, params, context);
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
