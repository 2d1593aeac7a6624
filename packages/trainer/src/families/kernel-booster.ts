import type { BoostingKernel } from "../engine/boosting/kernel.ts";
import type { BoostedRows, ResidualTrees } from "../engine/boosting/residual-trees.ts";
import { GrownTree } from "../engine/grown-tree.ts";
import type { TreeSamples } from "../engine/boosting/tree-samples.ts";
import type { Booster } from "./boosted-family.ts";
import type { Prior } from "./gradient-booster.ts";
import { newtonStep, NodeSums } from "./node-sums.ts";

/** Gradient boosting by the kernel, where it suits: the same answers as GradientBooster's. */
export class KernelBooster implements Booster {
  readonly initial: number;
  readonly #kernel: BoostingKernel;
  readonly #trees: ResidualTrees;
  readonly #samples: TreeSamples;
  readonly #rate: number;
  readonly #rows: BoostedRows;
  readonly #last: LastTree;
  #grown = 0;

  /**
   * @param trees may serve other boosters side by side, if they see the same samples
   * @param samples of targets as `trees` has placed them
   * @param kernel in whose memory they are, to be given back at the end
   */
  constructor(
    trees: ResidualTrees,
    prior: Prior,
    samples: TreeSamples,
    rate: number,
    kernel: BoostingKernel,
  ) {
    this.#kernel = kernel;
    this.#trees = trees;
    this.#samples = samples;
    this.#rate = rate;
    this.initial = prior.logOdds;
    this.#rows = trees.rowsFor(prior.odds);
    this.#last = new LastTree(trees, rate);
  }

  next(): LastTree {
    this.#trees.begin(this.#grown, this.#samples.of(this.#grown));
    this.#grown++;
    this.#trees.grow(this.#rows);
    const { leafSums } = this.#trees;
    const { factor } = this.#rows;
    for (let leaf = 0; leaf < factor.length; leaf++) {
      const step = newtonStep(leafSums[2 * leaf] as number, leafSums[2 * leaf + 1] as number);
      factor[leaf] = Math.exp(-(this.#rate * step));
    }
    this.#last.forget();
    return this.#last;
  }

  probabilities(): Float64Array {
    return new Float64Array(this.#trees.answersOf(this.#rows));
  }

  notes(): readonly string[] {
    return [];
  }

  end(): void {
    this.#kernel.giveBack();
  }
}

/**
 * The tree that the kernel grew last, read when it is asked for: those who want answers alone do not ask. It is to be
 * asked for before another booster grows.
 */
class LastTree {
  readonly #trees: ResidualTrees;
  readonly #rate: number;
  readonly #tree: GrownTree = new GrownTree();
  readonly #nodes: NodeSums = new NodeSums();
  #isRead = false;

  constructor(trees: ResidualTrees, rate: number) {
    this.#trees = trees;
    this.#rate = rate;
  }

  get tree(): GrownTree {
    this.#read();
    return this.#tree;
  }

  get nodes(): NodeSums {
    this.#read();
    return this.#nodes;
  }

  /** Another tree has been grown. */
  forget(): void {
    this.#isRead = false;
  }

  #read(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    const { leafSums, nodes: grown } = this.#trees;
    const tree = this.#tree;
    const nodes = this.#nodes;
    grown.copyTo(tree);
    nodes.reserve(tree.count);
    for (let node = tree.count - 1; node >= 0; node--) {
      const leaf = grown.leafOf(node);
      if (leaf < 0) nodes.addUp(node, tree);
      else {
        nodes.residual[node] = leafSums[2 * leaf] as number;
        nodes.curvature[node] = leafSums[2 * leaf + 1] as number;
        nodes.cover[node] = tree.weight[node] as number;
      }
      nodes.answer(node, this.#rate);
    }
  }
}
