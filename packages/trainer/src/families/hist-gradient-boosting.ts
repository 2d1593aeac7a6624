import { PipelineError } from "@gillnet/entity";
import type { SeededRandom } from "@gillnet/entity";
import type { BoostingModel } from "@gillnet/model-bundle";

import { squaredError } from "../engine/criterion.ts";
import type { HistInput, HistLimits } from "../engine/hist/fit-memory.ts";
import { HistBooster } from "../engine/hist/hist-booster.ts";
import { holdOut, meanLogLoss } from "../engine/hist/held-out.ts";
import { firstTrees } from "../engine/tree-ensembles.ts";
import { EnsembleBuilder } from "../engine/tree-predictor.ts";
import { sampledRows } from "./family.ts";
import type { CandidateParams, Family, FitContext, TrainingSet } from "./family.ts";
import { columnsPerSplit } from "./tree-params.ts";

/**
 * Gradient boosting of the log loss on histograms, as XGBoost's and LightGBM's: Newton leaves with an L2 penalty,
 * missing cells with a learnt direction, categories without an order, growth by levels or by leaves.
 *
 * Tree t draws from `random.fork(t)` alone, and early stopping takes no trees back: the first k trees of a larger
 * ensemble are the k-tree ensemble.
 */
export const histGradientBoosting: Family = {
  name: "hist_gradient_boosting",
  title: "gradient boosting on histograms",
  reads: "packed codes",
  paramNames: [
    "learning_rate",
    "growth",
    "max_depth",
    "max_leaf_nodes",
    "min_samples_leaf",
    "min_child_weight",
    "l2_regularization",
    "subsample",
    "max_features_per_tree",
    "max_features",
    "monotonic_constraints",
    "early_stopping",
    "validation_share",
    "class_weight",
    "mask_copies",
    "mask_share",
    "n_estimators",
  ],
  async fit(training, params, context) {
    const size = params["n_estimators"] as number;
    const ensemble = new EnsembleBuilder(training.binned.columns, squaredError, 1);
    const notes: string[] = [];
    const { initial, trees } = await boost(training, params, context, size, ({ tree, nodes }) =>
      ensemble.add(tree, nodes),
    );
    if (trees < size)
      notes.push(`Early stopping ended the boosting after ${trees} of ${size} trees`);
    return {
      model: { kind: "boosting", trees: ensemble.finish(), initial, scale: 1 },
      notes,
    };
  },
  effort: (params) => 0.05 * (params["n_estimators"] as number),
  staged: {
    param: "n_estimators",
    firstMembers(model, count) {
      const whole = model as BoostingModel;
      return { ...whole, trees: firstTrees(whole.trees, count) };
    },
    async probabilities(training, [fit], rows, context) {
      const { params, stages } = fit;
      const answers = new Map<number, Float64Array>();
      let last: Float64Array = new Float64Array(0);
      const answersOf = (scores: Float64Array): Float64Array =>
        Float64Array.from(rows, (row) => sigmoid(scores[row] as number));
      const size = Math.max(...stages);
      await boost(training, params, context, size, ({ scores, done }) => {
        if (stages.includes(done)) answers.set(done, answersOf(scores()));
        last = scores();
      });
      // Sizes that early stopping did not reach have the last tree's answers.
      const ofAllTrees = answersOf(last);
      return [stages.map((stage) => answers.get(stage) ?? ofAllTrees)];
    },
  },
};

/** What `boost` tells after each tree. */
interface Step extends Awaited<ReturnType<HistBooster["next"]>> {
  /** Trees so far. */
  readonly done: number;
  /** The score of each row so far, as a view that the next tree changes. */
  readonly scores: () => Float64Array;
}

/** Below this many cells (rows times columns) a second thread costs more than it brings. */
const CELLS_A_THREAD = 1_000_000;

/** Grows `size` trees, or fewer when early stopping ends it. */
async function boost(
  training: TrainingSet,
  params: CandidateParams,
  { random, threads, onMember }: FitContext,
  size: number,
  onTree: (step: Step) => void,
): Promise<{ readonly initial: number; readonly trees: number }> {
  const { binned, targets } = training;
  const { weightUnit, classWeights } = sampledRows(training);
  const limits = limitsOf(training, params);
  const patience = (params["early_stopping"] as number | null) ?? Infinity;
  const heldOut =
    patience === Infinity
      ? null
      : holdOut(
          targets,
          params["validation_share"] as number,
          random.fork("validation"),
          training.copyOf,
        );
  const initial = initialScore(training);
  const { rows, cols } = binned.codes;
  const input: HistInput = {
    binned,
    targets,
    rowWeights: {
      positive: weightUnit * classWeights.positive,
      negative: weightUnit * classWeights.negative,
    },
    heldOut,
    subsample: params["subsample"] as number,
    initialScore: initial,
    threads: Math.max(1, Math.min(threads, Math.floor((rows * cols) / CELLS_A_THREAD))),
  };
  const booster = new HistBooster(input, limits, params["learning_rate"] as number);
  try {
    let least = Infinity;
    let leastAt = 0;
    let done = 0;
    while (done < size && done - leastAt < patience) {
      const grown = await booster.next(treeSeed(random, done));
      done++;
      onTree({ ...grown, done, scores: () => booster.scores() });
      onMember(done, size);
      const loss = heldOut === null ? -done : meanLogLoss(booster.scores(), targets, heldOut);
      if (loss < least) {
        least = loss;
        leastAt = done;
      }
    }
    return { initial, trees: done };
  } finally {
    await booster.close();
  }
}

function treeSeed(random: SeededRandom, tree: number): number {
  return random.fork(tree).uint32();
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The log-odds of the positive share. */
function initialScore({ targets }: TrainingSet): number {
  let positive = 0;
  let weight = 0;
  for (let row = 0; row < targets.weight.length; row++) {
    positive += targets.sum[row] as number;
    weight += targets.weight[row] as number;
  }
  return Math.log(positive / (weight - positive));
}

/** The limits of trees, from the parameters. */
function limitsOf(training: TrainingSet, params: CandidateParams): HistLimits {
  const leafWise = params["growth"] === "leaf_wise";
  const leaves = params["max_leaf_nodes"] as number | null;
  const leastRows = params["min_samples_leaf"] as number;
  const treeColumns = columnsPerSplit(
    params["max_features_per_tree"] ?? null,
    training.features.length,
  );
  return {
    growth: leafWise ? "leaf_wise" : "depth_wise",
    maxDepth: (params["max_depth"] as number | null) ?? Infinity,
    maxLeaves: leaves ?? (leafWise ? LEAVES_OF_LEAF_WISE : Infinity),
    // One row is enough for a leaf, however little it weighs.
    leastWeight: leastRows <= 1 ? 0 : leastRows * training.weightUnit,
    leastHessian: params["min_child_weight"] as number,
    l2: params["l2_regularization"] as number,
    treeColumns,
    drawnColumns: columnsPerSplit(params["max_features"] ?? null, treeColumns),
    monotonic: monotonicSigns(training, params["monotonic_constraints"] as string | null),
  };
}

/** How many leaves a tree gets that is grown by leaves, when nothing else is said: as in LightGBM and scikit-learn. */
const LEAVES_OF_LEAF_WISE = 31;

/** The sign of each column, from JSON that has it by name. */
function monotonicSigns({ features }: TrainingSet, constraints: string | null): Int8Array {
  const signs = new Int8Array(features.length);
  const byName = JSON.parse(constraints ?? "{}") as Readonly<Record<string, 1 | -1>>;
  for (const [name, sign] of Object.entries(byName)) {
    const column = features.findIndex((feature) => feature.name === name);
    if (features[column]?.kind !== "numeric") {
      throw new PipelineError(
        "TRAINER_BAD_CONSTRAINT",
        `A monotonic constraint names '${name}', which is no numeric column`,
        {
          hint: "Name a numeric feature of the schema, or leave the constraint out",
          details: { column: name, numeric: namesOfNumeric(features) },
        },
      );
    }
    signs[column] = sign;
  }
  return signs;
}

function namesOfNumeric(features: TrainingSet["features"]): readonly string[] {
  return features.filter(({ kind }) => kind === "numeric").map(({ name }) => name);
}
