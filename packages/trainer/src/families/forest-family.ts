import type { SeededRandom } from "@gillnet/entity";
import type { ForestModel } from "@gillnet/model-bundle";

import { Bootstrap } from "../engine/bootstrap.ts";
import { ForestGrower } from "../engine/forest/forest-grower.ts";
import type { ForestRules } from "../engine/forest/forest-grower.ts";
import type { Criterion } from "../engine/criterion.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
import { addVotes, OutOfBag } from "../engine/out-of-bag.ts";
import type { OutOfBagVotes } from "../engine/out-of-bag.ts";
import { pruneTree } from "../engine/prune-tree.ts";
import { EnsembleGatherer, firstTrees } from "../engine/tree-ensembles.ts";
import { EnsembleBuilder } from "../engine/tree-predictor.ts";
import { scorePredictions } from "../metrics/score-predictions.ts";
import { THRESHOLD } from "../metrics/threshold.ts";
import { sampledRows } from "./family.ts";
import type {
  CandidateParams,
  Family,
  FitContext,
  OutOfBagScores,
  ParamValue,
  PartGatherer,
  PartResult,
  StagedFit,
  TrainingSet,
} from "./family.ts";
import { columnsPerSplit, growthLimits, treeCriterion } from "./tree-params.ts";

/** What tells one kind of forest from another. */
export interface ForestRecipe extends Pick<Family, "name" | "title"> {
  /** What a node tries of a column that it draws. */
  readonly bounds: ForestRules["bounds"];
  /** As Family.effort, of one tree. */
  readonly effortOfTree: number;
}

/**
 * A family of trees that do not need each other and look at a few columns drawn at every node; the model answers
 * with the mean of their shares.
 *
 * Tree t draws from `random.fork(t)` alone: the first k trees of a larger forest are the k-tree forest, and
 * any range of trees can be grown anywhere. `min_samples_leaf` and `min_samples_split` count a row as often
 * as the sample holds it (scikit-learn counts it once).
 */
export function forestFamily({ name, title, bounds, effortOfTree }: ForestRecipe): Family {
  function fitMembers(
    training: TrainingSet,
    params: CandidateParams,
    context: FitContext,
    start: number,
    end: number,
  ): PartResult {
    return growTrees(training, params, bounds, context, start, end);
  }
  return {
    name,
    title,
    reads: "codes",
    paramNames: [
      "criterion",
      "max_features",
      "max_depth",
      "min_samples_leaf",
      "min_samples_split",
      "ccp_alpha",
      "bootstrap",
      "oob_score",
      "class_weight",
      "n_estimators",
    ],
    fit(training, params, context) {
      const members = params["n_estimators"] as number;
      const gatherer = gatherParts(members);
      gatherer.add(fitMembers(training, params, context, 0, members));
      return gatherer.finish();
    },
    effort: (params) => effortOfTree * (params["n_estimators"] as number),
    staged: {
      param: "n_estimators",
      firstMembers: (model, count) => ({
        kind: "forest",
        trees: firstTrees((model as ForestModel).trees, count),
      }),
      probabilities: (training, fits, rows, context) =>
        fits.map((fit) => answerWhileGrowing(training, fit, bounds, rows, context)),
    },
    parts: { fitMembers, gather: gatherParts },
  };
}

/** A forest to be grown. */
interface ForestStart {
  readonly criterion: Criterion;
  readonly grower: ForestGrower;
  /** What draws the samples, where the grower does not. */
  readonly bootstrap: Bootstrap | null;
  /** Grows a tree, which holds until the next one, pruned. */
  readonly growTree: (stream: SeededRandom) => GrownTree;
}

function startForest(
  training: TrainingSet,
  params: CandidateParams,
  bounds: ForestRules["bounds"],
): ForestStart {
  const { binned, targets, weightUnit } = training;
  const criterion = treeCriterion(params);
  const drawn = sampledRows(training);
  const draws = params["bootstrap"] === true;
  // A bootstrap sample counts rows, whatever they weigh, but by their class.
  const limits = growthLimits(params, draws ? weightUnit / drawn.weightUnit : weightUnit);
  const columns = columnsPerSplit(params["max_features"] as ParamValue, binned.codes.cols);
  const rules = { criterion, limits, columnsPerSplit: columns, bounds };
  // Out-of-bag votes ask the bootstrap what it drew.
  const drawnInside = draws && params["oob_score"] !== true ? drawn : null;
  const grower = new ForestGrower(binned, rules, drawnInside);
  const bootstrap =
    draws && !grower.drawsSamples
      ? new Bootstrap(drawn.targets, drawn.weightUnit, drawn.classWeights)
      : null;
  return {
    criterion,
    grower,
    bootstrap,
    growTree(stream) {
      const tree = grower.drawsSamples
        ? grower.growOnSample(stream)
        : grower.grow(bootstrap?.draw(stream) ?? targets, stream);
      pruneTree(tree, criterion, params["ccp_alpha"] as number);
      return tree;
    },
  };
}

/** Grows the trees from `start` to `end` (exclusive). Tree t draws from `random.fork(t)` alone. */
export function growTrees(
  training: TrainingSet,
  params: CandidateParams,
  bounds: ForestRules["bounds"],
  { random, onMember }: FitContext,
  start: number,
  end: number,
): PartResult {
  const { criterion, grower, bootstrap, growTree } = startForest(training, params, bounds);
  const drawsSamples = params["bootstrap"] === true;
  const wantsOutOfBag = params["oob_score"] === true;
  const outOfBag = wantsOutOfBag && bootstrap !== null ? new OutOfBag(training.x, bootstrap) : null;
  const ensemble = grower.ensemble(drawsSamples ? sampledRows(training).weightUnit : 1);
  for (let tree = start; tree < end; tree++) {
    const stream = random.fork(tree);
    const grown = growTree(stream);
    if (outOfBag !== null) {
      const alone = new EnsembleBuilder(training.binned.columns, criterion, 1).add(grown);
      outOfBag.add(alone, stream.fork("out of bag"));
    }
    ensemble.add(grown);
    onMember(tree + 1 - start, end - start);
  }
  const trees = ensemble.finish();
  grower.end();
  return {
    model: { kind: "forest", trees },
    notes:
      wantsOutOfBag && !drawsSamples
        ? ["oob_score has nothing to tell without bootstrap: every tree was grown on every row"]
        : [],
    ...(outOfBag !== null && { votes: outOfBag.votes }),
  };
}

/** The answers for some rows at several sizes, ascending or not. */
function answerWhileGrowing(
  training: TrainingSet,
  { params, stages }: StagedFit,
  bounds: ForestRules["bounds"],
  rows: Int32Array,
  { random, onMember }: FitContext,
): readonly Float64Array[] {
  const { grower, growTree } = startForest(training, params, bounds);
  const votes = grower.votesOf(rows, training.x);
  const answers = new Map<number, Float64Array>();
  const largest = Math.max(...stages);
  for (let size = 1; size <= largest; size++) {
    votes.add(growTree(random.fork(size - 1)));
    if (stages.includes(size)) answers.set(size, votes.means());
    onMember(size, largest);
  }
  grower.end();
  return stages.map((size) => answers.get(size) as Float64Array);
}

function gatherParts(members: number): PartGatherer {
  const trees = new EnsembleGatherer(members);
  const votes: OutOfBagVotes[] = [];
  const notes = new Set<string>();
  return {
    add(part) {
      trees.add((part.model as ForestModel).trees);
      if (part.votes !== undefined) votes.push(part.votes);
      for (const note of part.notes) notes.add(note);
    },
    finish() {
      const outOfBag = votes.length > 0 ? scoreVotes(addVotes(votes)) : null;
      return {
        model: { kind: "forest", trees: trees.finish() },
        notes: [...notes, ...(outOfBag === null ? [] : [outOfBagNote(outOfBag)])],
        ...(outOfBag !== null && { outOfBag }),
      };
    },
  };
}

/** The mean answers of the rows that have any, against their classes. */
function scoreVotes({ sum, trees, positive, weight }: OutOfBagVotes): OutOfBagScores {
  const probability = sum.map((votes, row) => votes / Math.max(1, trees[row] as number));
  const counted = weight.map((w, row) => (trees[row] === 0 ? 0 : w));
  const targets = { sum: counted.map((w, row) => w * (positive[row] as number)), weight: counted };
  const total = (weights: Float64Array): number => weights.reduce((all, w) => all + w, 0);
  return {
    scores: scorePredictions(probability, targets, THRESHOLD),
    covered: total(counted) / total(weight),
  };
}

function outOfBagNote({ scores, covered }: OutOfBagScores): string {
  return `Out of bag, accuracy ${scores.accuracy.toFixed(4)} and log loss ${scores.logLoss.toFixed(4)}: each training row by the trees that left it out (${(100 * covered).toFixed(1)} % of the rows have some); copies of a row may be in those trees`;
}
