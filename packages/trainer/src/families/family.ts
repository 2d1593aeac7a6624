import type { ClassificationScores, RowMajorF64, SeededRandom } from "@gillnet/entity";
import type { InputFeature, Model } from "@gillnet/model-bundle";

import { EQUAL_CLASSES } from "../engine/dtypes.ts";
import type { BinnedMatrix, RowTargets, SampledRows } from "../engine/dtypes.ts";
import type { OutOfBagVotes } from "../engine/out-of-bag.ts";

export type ParamValue = string | number | boolean | null;

/** One candidate's parameters: a value a name. */
export type CandidateParams = Readonly<Record<string, ParamValue>>;

/** What a family is fitted on. Never changed by a fit. */
export interface TrainingSet {
  /** Distinct rows in canonical order; missing is NaN. Of no rows where it serves families that read codes alone. */
  readonly x: RowMajorF64;
  readonly features: readonly InputFeature[];
  /** The same rows, coded for trees. */
  readonly binned: BinnedMatrix;
  /**
   * Weights of all and of the positive rows, per row of `binned`, class weights included; rows of weight 0 take no
   * part.
   */
  readonly targets: RowTargets;
  /** What one row weighs on average, class weights included; else 1 when all weights are integers. */
  readonly weightUnit: number;
  /** What samples are drawn from when the classes do not weigh alike; absent when they do. */
  readonly sampled?: SampledRows;
  /** For each row the one that it is a masked copy of, or itself; absent when there are no masked copies. */
  readonly copyOf?: Int32Array;
}

/** The rows that a family draws its samples from. */
export function sampledRows({ sampled, targets, weightUnit }: TrainingSet): SampledRows {
  return sampled ?? { targets, weightUnit, classWeights: EQUAL_CLASSES };
}

/** What a fit is given besides the data and its parameters. */
export interface FitContext {
  /** The stream of this fit alone. */
  readonly random: SeededRandom;
  /** Threads that the fit may keep busy, its own included. The model does not depend on it. */
  readonly threads: number;
  /** To be called after each member of an ensemble, or each pass over the data, with how many are done of how many. */
  readonly onMember: (done: number, of: number) => void;
}

export interface FitResult {
  readonly model: Model;
  /** Sentences for people: what was noticed and is not an error. */
  readonly notes: readonly string[];
  /** Of a forest whose parameter `oob_score` is true. */
  readonly outOfBag?: OutOfBagScores;
}

/** How a forest does on its own training rows, each asked of those trees alone whose samples left it out. */
export interface OutOfBagScores {
  readonly scores: ClassificationScores;
  /** Share of the rows, by weight, that some tree left out. The scores are over those. */
  readonly covered: number;
}

/** Some members of an ensemble. */
export interface PartResult extends Pick<FitResult, "model" | "notes"> {
  readonly votes?: OutOfBagVotes;
}

/** The parts of an ensemble, put together as they come. */
export interface PartGatherer {
  /** Adds the next part, in the order of their members. It is not held on to longer than it must be. */
  add(part: PartResult): void;
  /** All of the ensemble. */
  finish(): FitResult;
}

/** An ensemble to grow, and the sizes that are asked for. */
export interface StagedFit {
  /** With the largest of the sizes. */
  readonly params: CandidateParams;
  readonly stages: readonly number[];
}

/** A kind of model that the trainer can fit. All families pass test/classifier-contract.ts. */
export interface Family {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /**
   * Whether a fit reads the rows' bins alone, or the numbers themselves: then `x` must hold them. One that reads packed
   * codes takes bins column by column as well, but needs less memory without them.
   */
  readonly reads: "codes" | "packed codes" | "values";
  /** The parameters, in the order in which a grid goes through them. */
  readonly paramNames: readonly string[];
  /** Fits a model. The same arguments give the same model, bit by bit. */
  fit(
    training: TrainingSet,
    params: CandidateParams,
    context: FitContext,
  ): FitResult | Promise<FitResult>;
  /** How long a fit takes against the other families', roughly: the longest ones are started first. */
  effort(params: CandidateParams): number;
  /** For ensembles whose first k members are the k-member ensemble: one fit serves all sizes. */
  readonly staged?: {
    /** The parameter that says how many members. */
    readonly param: string;
    firstMembers(model: Model, count: number): Model;
    /**
     * For ensembles that can tell as they grow: per fit, and per stage of it, the answers for some rows of the set. But
     * for rounding they are what the models of those sizes predict.
     *
     * @param fits differ in the parameter `sideBySide` alone; a single one where there is none
     * @param rows indices of the rows that are asked for, of weight 0 or not
     */
    probabilities?(
      training: TrainingSet,
      fits: readonly [StagedFit, ...StagedFit[]],
      rows: Int32Array,
      context: FitContext,
    ): readonly (readonly Float64Array[])[] | Promise<readonly (readonly Float64Array[])[]>;
    /** The parameter whose values `probabilities` serves together with less work than one by one. */
    readonly sideBySide?: string;
  };
  /** For ensembles whose members do not need each other: they can be fitted in parts. */
  readonly parts?: {
    fitMembers(
      training: TrainingSet,
      params: CandidateParams,
      context: FitContext,
      start: number,
      end: number,
    ): PartResult;
    /** Puts the parts of an ensemble of so many members together. */
    gather(members: number): PartGatherer;
  };
}
