import type { SeededRandom } from "@gillnet/entity";

import { squaredError } from "../engine/criterion.ts";
import type { RowTargets } from "../engine/dtypes.ts";
import { TreeGrower } from "../engine/grower.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
import { LeafRows } from "../engine/leaf-rows.ts";
import { Subsample } from "../engine/subsample.ts";
import type { NodeAnswers } from "../engine/tree-predictor.ts";
import { boostedFamily } from "./boosted-family.ts";
import type { Booster } from "./boosted-family.ts";
import { sampledRows } from "./family.ts";
import type { CandidateParams, Family, ParamValue, TrainingSet } from "./family.ts";
import { columnsPerSplit, growthLimits } from "./tree-params.ts";

/**
 * Gradient boosting of the log loss (Friedman 2001), as scikit-learn's GradientBoostingClassifier: each tree
 * is grown by squared error on the residuals of the trees before it, and each leaf answers with one Newton step, sum
 * of residuals over sum of p (1 - p), times the learning rate.
 *
 * Tree t draws its rows and columns from `random.fork(t)` alone, so one fit serves all numbers of trees and
 * all learning rates see the same rows. Rows with equal features share their answer, so a distinct row counts
 * by its weights; a subsample draws the copies that the weights stand for.
 */
export const gradientBoosting: Family = boostedFamily({
  name: "gradient_boosting",
  title: "gradient boosting",
  paramNames: [
    "learning_rate",
    "subsample",
    "max_depth",
    "min_samples_leaf",
    "min_samples_split",
    "max_features",
    "class_weight",
    "n_estimators",
  ],
  criterion: squaredError,
  effortOfTree: 0.15,
  start: (training, params, random) => new GradientBooster(training, params, random),
  scaleOf: () => 1,
});

/** Below this a sum of p (1 - p) is nothing, and the leaf answers 0. */
const NO_CURVATURE = 1e-150;
/** Odds are kept this far from 0 and from overflow: the answers there are 0 or 1 to the last bit. */
const LARGEST_ODDS = 1e300;

class GradientBooster implements Booster {
  readonly initial: number;
  readonly #targets: RowTargets;
  readonly #rate: number;
  readonly #random: SeededRandom;
  readonly #grower: TreeGrower;
  readonly #leafRows: LeafRows;
  readonly #subsample: Subsample | null;
  /** exp(-score) a row: a tree multiplies it by one number a leaf, which saves an exponential a row. */
  readonly #odds: Float64Array;
  readonly #probability: Float64Array;
  readonly #residual: Float64Array;
  #nodes: NodeSums = new NodeSums(64);
  #trees = 0;

  constructor(training: TrainingSet, params: CandidateParams, random: SeededRandom) {
    const { binned, targets, weightUnit } = training;
    const { rows, cols } = binned.codes;
    const share = params["subsample"] as number;
    const columns = columnsPerSplit(params["max_features"] as ParamValue, cols);
    this.#targets = targets;
    this.#rate = params["learning_rate"] as number;
    this.#random = random;
    this.#grower = new TreeGrower(binned, squaredError, growthLimits(params, weightUnit), columns);
    this.#leafRows = new LeafRows(binned);
    const drawn = sampledRows(training);
    this.#subsample =
      share < 1 ? new Subsample(drawn.targets, share, drawn.weightUnit, drawn.classWeights) : null;
    let positive = 0;
    let weight = 0;
    for (let row = 0; row < rows; row++) {
      positive += targets.sum[row] as number;
      weight += targets.weight[row] as number;
    }
    this.initial = Math.log(positive / (weight - positive));
    this.#odds = new Float64Array(rows).fill((weight - positive) / positive);
    this.#probability = new Float64Array(rows);
    this.#residual = new Float64Array(rows);
  }

  next(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } {
    const random = this.#random.fork(this.#trees++);
    const sample = this.#subsample === null ? this.#targets : this.#subsample.draw(random);
    this.#findResiduals(sample);
    const tree = this.#grower.grow({ sum: this.#residual, weight: sample.weight }, random);
    this.#leafRows.send(tree);
    if (tree.count > this.#nodes.value.length) this.#nodes = new NodeSums(2 * tree.count);
    const nodes = this.#nodes;
    for (let node = tree.count - 1; node >= 0; node--) {
      if ((tree.feature[node] as number) < 0) this.#sumLeaf(node, sample.weight);
      else nodes.addUp(node, tree.left[node] as number, tree.right[node] as number);
      const curvature = nodes.curvature[node] as number;
      const step = curvature < NO_CURVATURE ? 0 : (nodes.residual[node] as number) / curvature;
      nodes.value[node] = this.#rate * step;
      if ((tree.feature[node] as number) < 0) this.#moveLeaf(node);
    }
    return { tree, nodes };
  }

  probabilities(): Float64Array {
    return this.#odds.map((odds) => 1 / (1 + odds));
  }

  notes(): readonly string[] {
    return [];
  }

  #findResiduals({ sum, weight }: RowTargets): void {
    const odds = this.#odds;
    const probability = this.#probability;
    const residual = this.#residual;
    for (let row = 0; row < odds.length; row++) {
      const p = 1 / (1 + (odds[row] as number));
      probability[row] = p;
      residual[row] = (sum[row] as number) - (weight[row] as number) * p;
    }
  }

  #sumLeaf(node: number, weight: Float64Array): void {
    const { rows, start, end } = this.#leafRows;
    const probability = this.#probability;
    const residuals = this.#residual;
    let residual = 0;
    let curvature = 0;
    let cover = 0;
    for (let i = start[node] as number; i < (end[node] as number); i++) {
      const row = rows[i] as number;
      const w = weight[row] as number;
      const p = probability[row] as number;
      residual += residuals[row] as number;
      curvature += w * p * (1 - p);
      cover += w;
    }
    this.#nodes.residual[node] = residual;
    this.#nodes.curvature[node] = curvature;
    this.#nodes.cover[node] = cover;
  }

  #moveLeaf(node: number): void {
    const { rows, start, end } = this.#leafRows;
    const odds = this.#odds;
    const factor = inRange(Math.exp(-(this.#nodes.value[node] as number)));
    for (let i = start[node] as number; i < (end[node] as number); i++) {
      const row = rows[i] as number;
      odds[row] = inRange((odds[row] as number) * factor);
    }
  }
}

function inRange(odds: number): number {
  return Math.min(LARGEST_ODDS, Math.max(1 / LARGEST_ODDS, odds));
}

/** Sums over the rows of each node of a tree. */
class NodeSums implements NodeAnswers {
  readonly residual: Float64Array;
  readonly curvature: Float64Array;
  readonly value: Float64Array;
  readonly cover: Float64Array;

  constructor(nodes: number) {
    this.residual = new Float64Array(nodes);
    this.curvature = new Float64Array(nodes);
    this.value = new Float64Array(nodes);
    this.cover = new Float64Array(nodes);
  }

  addUp(node: number, left: number, right: number): void {
    for (const sums of [this.residual, this.curvature, this.cover]) {
      sums[node] = (sums[left] as number) + (sums[right] as number);
    }
  }
}
