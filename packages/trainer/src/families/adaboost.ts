import type { TreeEnsemble } from "@gillnet/model-bundle";

import { gini } from "../engine/criterion.ts";
import { StumpGrower } from "../engine/adaboost/stump-grower.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
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
  start: (training, all) => all.map((params) => new AdaBooster(training, params)),
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
  readonly #rate: number;
  readonly #stumps: StumpGrower;
  #votes = 0;
  #trees = 0;
  #ended = false;

  constructor({ binned, targets, weightUnit }: TrainingSet, params: CandidateParams) {
    this.#rate = params["learning_rate"] as number;
    this.#stumps = new StumpGrower(binned, targets, LEAST_WEIGHT / weightUnit);
  }

  next(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } | null {
    if (this.#ended) return null;
    const stumps = this.#stumps;
    const tree = stumps.grow();
    const { error, nodes } = stumps;
    const byChance = error >= 0.5;
    this.#ended = byChance || error <= 0;
    if (byChance && this.#trees > 0) return null;
    // A first stump that does no better than chance stays alone, without a vote: the answer is 0.5.
    const vote = byChance ? 0 : error <= 0 ? 1 : this.#rate * Math.log((1 - error) / error);
    this.#trees++;
    this.#votes += vote;
    stumps.cast(vote);
    return { tree, nodes };
  }

  probabilities(): Float64Array {
    const scale = scaleOfVotes(this.#votes);
    const answers = this.#stumps.scores();
    for (let row = 0; row < answers.length; row++) {
      answers[row] = 1 / (1 + Math.exp(-scale * (answers[row] as number)));
    }
    return answers;
  }

  notes(): readonly string[] {
    return this.#votes > 0 ? [] : ["AdaBoost found no stump that does better than chance"];
  }

  end(): void {
    this.#stumps.end();
  }
}

function scaleOfVotes(votes: number): number {
  return votes > 0 ? 2 / votes : 1;
}
