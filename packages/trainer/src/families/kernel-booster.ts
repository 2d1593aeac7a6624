import type { BoostedRows, ResidualTrees } from "../engine/boosting/residual-trees.ts";
import type { RowTargets } from "../engine/dtypes.ts";
import type { GrownTree } from "../engine/grown-tree.ts";
import type { TreeSamples } from "../engine/tree-samples.ts";
import type { NodeAnswers } from "../engine/tree-predictor.ts";
import type { Booster } from "./boosted-family.ts";
import { priorOf } from "./gradient-booster.ts";
import { NodeSums } from "./node-sums.ts";

/** Gradient boosting by the kernel, where it suits: the same answers as GradientBooster's. */
export class KernelBooster implements Booster {
  readonly initial: number;
  readonly #trees: ResidualTrees;
  readonly #samples: TreeSamples;
  readonly #rate: number;
  readonly #rows: BoostedRows;
  readonly #height: number;
  readonly #nodes: NodeSums = new NodeSums();
  #grown = 0;

  /** @param trees may serve other boosters side by side, if they see the same samples */
  constructor(trees: ResidualTrees, targets: RowTargets, samples: TreeSamples, rate: number) {
    this.#trees = trees;
    this.#samples = samples;
    this.#rate = rate;
    const { logOdds, odds } = priorOf(targets);
    this.initial = logOdds;
    this.#rows = trees.rowsFor(odds);
    this.#height = targets.weight.length;
  }

  next(): { readonly tree: GrownTree; readonly nodes: NodeAnswers } {
    this.#trees.setSample(this.#samples.of(this.#grown++));
    const tree = this.#trees.grow(this.#rows);
    const { sums, leafOf } = this.#trees;
    const { factor } = this.#rows;
    const nodes = this.#nodes;
    nodes.reserve(tree.count);
    for (let node = tree.count - 1; node >= 0; node--) {
      const leaf = leafOf[node] as number;
      if (leaf < 0) nodes.addUp(node, tree);
      else {
        nodes.residual[node] = sums[2 * leaf] as number;
        nodes.curvature[node] = sums[2 * leaf + 1] as number;
        nodes.cover[node] = tree.weight[node] as number;
      }
      nodes.answer(node, this.#rate);
      if (leaf >= 0) factor[leaf] = Math.exp(-(nodes.value[node] as number));
    }
    return { tree, nodes };
  }

  probabilities(): Float64Array {
    const answers = new Float64Array(this.#height);
    this.#trees.answer(this.#rows, answers);
    return answers;
  }

  notes(): readonly string[] {
    return [];
  }

  end(): void {
    this.#trees.end();
  }
}
