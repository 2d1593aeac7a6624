import type { SeededRandom } from "@gillnet/entity";

import type { BoostingKernel } from "../engine/boosting/kernel.ts";
import type { TreeSamples } from "../engine/boosting/tree-samples.ts";
import { squaredError } from "../engine/criterion.ts";
import type { BinnedMatrix, RowTargets } from "../engine/dtypes.ts";
import { TreeGrower } from "../engine/grower.ts";
import type { GrowthLimits } from "../engine/growth-limits.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
import { LeafRows } from "../engine/leaf-rows.ts";
import type { NodeAnswers } from "../engine/tree-predictor.ts";
import type { Booster } from "./boosted-family.ts";
import { NodeSums } from "./node-sums.ts";

/** Odds are kept this far from 0 and from overflow: the answers there are 0 or 1 to the last bit. */
const LARGEST_ODDS = 1e300;

/** Gradient boosting on any rows, with any trees. */
export class GradientBooster implements Booster {
  readonly initial: number;
  readonly #kernel: BoostingKernel;
  readonly #rate: number;
  readonly #samples: TreeSamples;
  readonly #random: SeededRandom;
  readonly #grower: TreeGrower;
  readonly #leafRows: LeafRows;
  /** exp(-score) a row: a tree multiplies it by one number a leaf, which saves an exponential a row. */
  readonly #odds: Float64Array;
  readonly #probability: Float64Array;
  readonly #residual: Float64Array;
  readonly #nodes: NodeSums = new NodeSums();
  #trees = 0;

  /**
   * @param columns how many columns a node looks at
   * @param random of which tree t draws its columns from `fork(t)`
   * @param kernel in whose memory samples are, to be given back at the end
   */
  constructor(
    binned: BinnedMatrix,
    prior: Prior,
    limits: GrowthLimits,
    columns: number,
    samples: TreeSamples,
    rate: number,
    random: SeededRandom,
    kernel: BoostingKernel,
  ) {
    this.#kernel = kernel;
    const { rows } = binned.codes;
    this.#rate = rate;
    this.#samples = samples;
    this.#random = random;
    this.#grower = new TreeGrower(binned, squaredError, limits, columns);
    this.#leafRows = new LeafRows(binned);
    this.initial = prior.logOdds;
    this.#odds = new Float64Array(rows).fill(prior.odds);
    this.#probability = new Float64Array(rows);
    this.#residual = new Float64Array(rows);
  }

  next(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } {
    const random = this.#random.fork(this.#trees).fork("columns");
    const { targets } = this.#samples.of(this.#trees++);
    this.#findResiduals(targets);
    const tree = this.#grower.grow({ sum: this.#residual, weight: targets.weight }, random);
    this.#leafRows.send(tree);
    const nodes = this.#nodes;
    nodes.reserve(tree.count);
    for (let node = tree.count - 1; node >= 0; node--) {
      const isLeaf = (tree.feature[node] as number) < 0;
      if (isLeaf) this.#sumLeaf(node, targets.weight);
      else nodes.addUp(node, tree);
      nodes.answer(node, this.#rate);
      if (isLeaf) this.#moveLeaf(node);
    }
    return { tree, nodes };
  }

  probabilities(): Float64Array {
    return this.#odds.map((odds) => 1 / (1 + odds));
  }

  notes(): readonly string[] {
    return [];
  }

  end(): void {
    this.#kernel.giveBack();
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

/** What is answered before any tree. */
export interface Prior {
  /** The score. */
  readonly logOdds: number;
  /** exp(-score). */
  readonly odds: number;
}

/** The share of the positive class. */
export function priorOf({ sum, weight }: RowTargets): Prior {
  let positive = 0;
  let total = 0;
  for (let row = 0; row < weight.length; row++) {
    positive += sum[row] as number;
    total += weight[row] as number;
  }
  return {
    logOdds: Math.log(positive / (total - positive)),
    odds: (total - positive) / positive,
  };
}
