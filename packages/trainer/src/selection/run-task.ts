import type { ClassificationScores, RowMajorF64 } from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { InputFeature } from "@gillnet/model-bundle";

import { maskRows } from "../data/mask-rows.ts";
import { weighClasses } from "../data/weigh-classes.ts";
import type { BinnedMatrix, RowTargets } from "../engine/dtypes.ts";
import type {
  CandidateParams,
  Family,
  FitContext,
  FitResult,
  PartResult,
  StagedFit,
  TrainingSet,
} from "../families/family.ts";
import { familyNamed } from "../families/registry.ts";
import { scorePredictions } from "../metrics/score-predictions.ts";
import { THRESHOLD } from "../metrics/threshold.ts";
import type { CombineResult, CombineTask } from "../ensemble/run-combine-task.ts";
import { foldTargets } from "./folds.ts";
import type { FoldedCells } from "./folds.ts";
import { heldOutRows, rowsOf } from "./held-out-rows.ts";

/** What all fits of one training part read, in any thread. Never changed. */
export interface FitData {
  readonly seed: number;
  readonly x: RowMajorF64;
  readonly features: readonly InputFeature[];
  readonly binned: BinnedMatrix;
  /** Of all rows. In shared memory. */
  readonly targets: RowTargets;
  readonly weightUnit: number;
  /** Columns that masked copies hide together, by their indices. */
  readonly maskGroups: readonly (readonly number[])[];
}

/** What all tasks of a search read. */
export interface SearchData extends FitData {
  readonly folds: Readonly<Record<FoldKind, FoldedCells>>;
}

/** The folds that candidates are chosen by, and those dealt at random for comparison. */
export type FoldKind = "selection" | "random";

/** A fit, and what of it is scored. */
interface ScoredFit {
  readonly params: CandidateParams;
  /** Sizes to score the ensemble at, for a staged family; `params` has the largest. Else null. */
  readonly stages: readonly number[] | null;
}

/** Fit on all folds but one and score on that one. */
export interface ScoreTask {
  readonly kind: "score";
  readonly family: string;
  /** One fit, or several that the family grows side by side. */
  readonly fits: readonly [ScoredFit, ...ScoredFit[]];
  readonly folds: FoldKind;
  readonly fold: number;
  /** Share of the rows that take part, as in foldTargets; absent: all. */
  readonly share?: number;
}

/** Fit on all folds but one and predict that one. */
export interface PredictTask extends Omit<ScoreTask, "kind" | "fits" | "share"> {
  readonly kind: "predict";
  readonly params: CandidateParams;
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

export type SearchTask = ScoreTask | PredictTask | CombineTask | FitTask;

/** What a task gives. */
export type TaskResult =
  | readonly ClassificationScores[]
  | Float64Array
  | CombineResult
  | FitResult
  | PartResult;

/** Called as a task goes on, with how many members of an ensemble are done of how many. */
export type OnMember = FitContext["onMember"];

/** Scores fits on one fold: one value a fit and stage. Depends on nothing but its arguments. */
export async function runScoreTask(
  data: SearchData,
  task: ScoreTask,
  onMember: OnMember,
): Promise<readonly ClassificationScores[]> {
  const { targets, answers } = await predictHeldOut(data, task, onMember);
  return answers.map((answer) => scorePredictions(answer, targets, THRESHOLD));
}

/** A candidate's answers for the rows that one fold holds out, ascending. Depends on nothing but its arguments. */
export async function runPredictTask(
  data: SearchData,
  task: PredictTask,
  onMember: OnMember,
): Promise<Float64Array> {
  const { params } = task;
  const { staged } = familyNamed(task.family);
  const stages = staged ? [params[staged.param] as number] : null;
  const { answers } = await predictHeldOut(data, { ...task, fits: [{ params, stages }] }, onMember);
  return answers[0] as Float64Array;
}

async function predictHeldOut(
  data: SearchData,
  { family: name, fits, folds, fold, share = 1 }: Omit<ScoreTask, "kind">,
  onMember: OnMember,
): Promise<{ readonly targets: RowTargets; readonly answers: readonly Float64Array[] }> {
  const family = familyNamed(name);
  const context = { random: streamOf(data, family), threads: 1, onMember };
  const cells = data.folds[folds];
  const trained = foldTargets(cells, data.x.rows, fold, "training", share);
  // Fits side by side see the same rows.
  const training = trainingFor(data, trained, fits[0].params);
  const { rows, targets } = heldOutRows(cells, data.x.rows, fold, share);
  const { staged } = family;
  if (staged?.probabilities && areStaged(fits)) {
    // Masked rows come after the data's own, which keep their places.
    const answers = await staged.probabilities(training, fits, rows, context);
    return { targets, answers: answers.flat() };
  }
  const { cols } = data.x;
  const x = { data: rowsOf(data.x, rows), rows: rows.length, cols };
  const answers: Float64Array[] = [];
  for (const { params, stages } of fits) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { model } = await family.fit(training, params, context);
    const models =
      stages === null || !staged
        ? [model]
        : stages.map((count) => staged.firstMembers(model, count));
    answers.push(...models.map((stage) => predictProbabilities(stage, x)));
  }
  return { targets, answers };
}

function areStaged(fits: ScoreTask["fits"]): fits is readonly [StagedFit, ...StagedFit[]] {
  return fits.every(({ stages }) => stages !== null);
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

/**
 * The set that a candidate is fitted on: these rows, masked and their classes weighed as its parameters say. The
 * data's rows come first in it. All candidates see the same masks, whatever the fold.
 */
function trainingFor(data: FitData, targets: RowTargets, params: CandidateParams): TrainingSet {
  const masking = {
    copies: (params["mask_copies"] as number | undefined) ?? 0,
    share: params["mask_share"] as number,
    groups: data.maskGroups,
  };
  const random = new SeededRandom(data.seed).fork("trainer").fork("masks");
  const masked = maskRows({ ...data, targets }, masking, random);
  return weighClasses(masked, params["class_weight"]);
}

function streamOf(data: FitData, family: Family): SeededRandom {
  return new SeededRandom(data.seed).fork("trainer").fork(family.name);
}

/** The buffers of a result, to be moved to another thread instead of copied. */
export function buffersOf(result: TaskResult): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  collectBuffers(result, buffers);
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
