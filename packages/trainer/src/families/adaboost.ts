import type { SeededRandom } from "@gillnet/entity";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { gini } from "../engine/criterion.ts";
import type { RowTargets } from "../engine/dtypes.ts";
import { TreeGrower } from "../engine/grower.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
import { LeafRows } from "../engine/leaf-rows.ts";
import type { NodeAnswers } from "../engine/tree-predictor.ts";
import { boostedFamily } from "./boosted-family.ts";
import type { Booster } from "./boosted-family.ts";
import type { CandidateParams, Family, TrainingSet } from "./family.ts";

/**
 * AdaBoost of stumps (SAMME, Zhu et al. 2009), as scikit-learn's AdaBoostClassifier: each stump is grown on
 * rows weighted by how often the stumps before it were wrong about them, and votes with a weight of
 * learning_rate * log((1 - error) / error).
 *
 * The answer is sigmoid(2 * (votes for - votes against) / votes): as in scikit-learn never far from 0.5, and so no
 * share to take at its word. It ends early after a stump without error and before one that does no better than chance.
 */
export const adaboost: Family = boostedFamily({
  name: "adaboost",
  title: "AdaBoost",
  paramNames: ["learning_rate", "class_weight", "n_estimators"],
  criterion: gini,
  effortOfTree: 0.15,
  start: (training, all, random) => all.map((params) => new AdaBooster(training, params, random)),
  scaleOf: ({ roots, value }: TreeEnsemble) => {
    // All nodes of a stump have its vote, for or against.
    let votes = 0;
    for (const root of roots) votes += Math.abs(value[root] as number);
    return scaleOfVotes(votes);
  },
});

/** As in scikit-learn no row's weight falls below this share of all. */
const LEAST_WEIGHT = Number.EPSILON;

class AdaBooster implements Booster {
  readonly initial = 0;
  readonly #targets: RowTargets;
  readonly #rate: number;
  readonly #random: SeededRandom;
  readonly #grower: TreeGrower;
  readonly #leafRows: LeafRows;
  /** Weights as they stand now, of the positive and of the negative copies of each row. */
  readonly #positive: Float64Array;
  readonly #negative: Float64Array;
  /** The least that they may fall to. */
  readonly #leastPositive: Float64Array;
  readonly #leastNegative: Float64Array;
  /** The same as what the next stump is grown on; all add up to 1. */
  readonly #boosted: RowTargets;
  /** Votes for less votes against, a row. */
  readonly #score: Float64Array;
  readonly #nodes: NodeAnswers = { value: new Float64Array(3), cover: new Float64Array(3) };
  #votes = 0;
  #trees = 0;
  #ended = false;

  constructor(training: TrainingSet, params: CandidateParams, random: SeededRandom) {
    const { binned, targets, weightUnit } = training;
    const { rows, cols } = binned.codes;
    const stump = { maxDepth: 1, minSplitWeight: 0, minLeafWeight: 0 };
    this.#targets = targets;
    this.#rate = params["learning_rate"] as number;
    this.#random = random;
    this.#grower = new TreeGrower(binned, gini, stump, cols);
    this.#leafRows = new LeafRows(binned);
    this.#positive = targets.sum.slice();
    this.#negative = targets.weight.map((weight, row) => weight - (targets.sum[row] as number));
    const least = LEAST_WEIGHT / weightUnit;
    this.#leastPositive = this.#positive.map((weight) => weight * least);
    this.#leastNegative = this.#negative.map((weight) => weight * least);
    this.#boosted = { sum: new Float64Array(rows), weight: new Float64Array(rows) };
    this.#score = new Float64Array(rows);
  }

  next(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } | null {
    if (this.#ended) return null;
    this.#normalize();
    const tree = this.#grower.grow(this.#boosted, this.#random);
    this.#leafRows.send(tree);
    const error = this.#errorOf(tree);
    const byChance = error >= 0.5;
    this.#ended = byChance || error <= 0;
    if (byChance && this.#trees > 0) return null;
    // A first stump that does no better than chance stays alone, without a vote: the answer is 0.5.
    const vote = byChance ? 0 : error <= 0 ? 1 : this.#rate * Math.log((1 - error) / error);
    this.#trees++;
    this.#votes += vote;
    this.#cast(tree, vote);
    return { tree, nodes: this.#nodes };
  }

  probabilities(): Float64Array {
    const scale = scaleOfVotes(this.#votes);
    return this.#score.map((score) => 1 / (1 + Math.exp(-scale * score)));
  }

  notes(): readonly string[] {
    return this.#votes > 0 ? [] : ["AdaBoost found no stump that does better than chance"];
  }

  end(): void {}

  /** Brings the weights to a sum of 1, none of them under the least one. */
  #normalize(): void {
    const { sum, weight } = this.#boosted;
    const positives = this.#positive;
    const negatives = this.#negative;
    const leastPositives = this.#leastPositive;
    const leastNegatives = this.#leastNegative;
    const rows = sum.length;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      total += (positives[row] as number) + (negatives[row] as number);
    }
    for (let row = 0; row < rows; row++) {
      const p = (positives[row] as number) / total;
      const n = (negatives[row] as number) / total;
      const leastPositive = leastPositives[row] as number;
      const leastNegative = leastNegatives[row] as number;
      const positive = p > leastPositive ? p : leastPositive;
      const negative = n > leastNegative ? n : leastNegative;
      positives[row] = positive;
      negatives[row] = negative;
      sum[row] = positive;
      weight[row] = positive + negative;
    }
  }

  /** Weight of the rows that the stump is wrong about, of a total of 1. */
  #errorOf(tree: GrownTree): number {
    const { rows, start, end } = this.#leafRows;
    let error = 0;
    for (let node = 0; node < tree.count; node++) {
      if ((tree.feature[node] as number) >= 0) continue;
      const wrong = saysPositive(tree, node) ? this.#negative : this.#positive;
      for (let i = start[node] as number; i < (end[node] as number); i++) {
        error += wrong[rows[i] as number] as number;
      }
    }
    return error;
  }

  /** Adds the stump's votes to the scores, raises the weights of what it is wrong about, notes its answers. */
  #cast(tree: GrownTree, vote: number): void {
    const { rows, start, end } = this.#leafRows;
    const { value, cover } = this.#nodes;
    const score = this.#score;
    const raise = Math.exp(vote);
    for (let node = tree.count - 1; node >= 0; node--) {
      const positive = saysPositive(tree, node);
      const answer = positive ? vote : -vote;
      const wrong = positive ? this.#negative : this.#positive;
      const isLeaf = (tree.feature[node] as number) < 0;
      let weight = 0;
      for (let i = start[node] as number; i < (end[node] as number); i++) {
        const row = rows[i] as number;
        weight += this.#targets.weight[row] as number;
        if (isLeaf) {
          wrong[row] = (wrong[row] as number) * raise;
          score[row] = (score[row] as number) + answer;
        }
      }
      value[node] = answer;
      cover[node] = weight;
    }
  }
}

/** Whether the positive rows weigh more in a node; as in scikit-learn a draw goes to the negative class. */
function saysPositive(tree: GrownTree, node: number): boolean {
  return 2 * (tree.sum[node] as number) > (tree.weight[node] as number);
}

function scaleOfVotes(votes: number): number {
  return votes > 0 ? 2 / votes : 1;
}
