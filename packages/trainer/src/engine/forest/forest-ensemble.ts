import type { TreeEnsemble } from "@gillnet/model-bundle";

import type { CategoricalBins, ColumnBins } from "../dtypes.ts";
import type { GrownTree } from "../grown-tree.ts";
import { joinEnsembles } from "../tree-ensembles.ts";
import { addCategories } from "../tree-predictor.ts";
import { KEPT, NODE_ARRAYS } from "./header.ts";
import type { ForestKernel } from "./kernel.ts";
import { NODE_BYTES } from "./node-arrays.ts";

/** Nodes that stay in the kernel's memory at a time. */
const NODES_AT_ONCE = 1_000_000;

/**
 * Gathers trees into an ensemble as EnsembleBuilder does, in the kernel: what is the same for every node is done there,
 * and many trees leave it at once.
 */
export class ForestEnsemble {
  readonly #kernel: ForestKernel;
  readonly #columns: readonly ColumnBins[];
  readonly #coverUnit: number;
  readonly #parts: TreeEnsemble[] = [];
  #roots: number[] = [];
  #categoryBits: number[] = [];

  /**
   * @param kernel the one that grows the trees
   * @param coverUnit what one unit of the targets' weight stands for in `cover`
   */
  constructor(kernel: ForestKernel, columns: readonly ColumnBins[], coverUnit: number) {
    this.#kernel = kernel;
    this.#columns = columns;
    this.#coverUnit = coverUnit;
  }

  /** Adds the tree that the kernel grew last, pruned or not. It is not to be read from then on. */
  add(tree: GrownTree): void {
    const { run, words } = this.#kernel;
    this.#roots.push(words[KEPT] as number);
    if (tree.binSets.length > 0) this.#addSets(tree);
    run.keepTree(tree.count, this.#coverUnit);
    if ((words[KEPT] as number) >= NODES_AT_ONCE) this.#takeOut();
  }

  /** The ensemble of all trees added, in arrays of its own. */
  finish(): TreeEnsemble {
    if (this.#roots.length > 0) this.#takeOut();
    return joinEnsembles(this.#parts);
  }

  /** Turns sets of bins into sets of category codes. */
  #addSets(tree: GrownTree): void {
    const { binSet, feature, count } = tree;
    for (let node = 0; node < count; node++) {
      // A leaf may have been a node with a set, before pruning.
      if (feature[node] === -1) binSet[node] = -1;
      if (binSet[node] === -1) continue;
      const bins = this.#columns[feature[node] as number] as CategoricalBins;
      const start = this.#categoryBits.length;
      addCategories(tree, node, bins, this.#categoryBits);
      binSet[node] = start;
    }
  }

  #takeOut(): void {
    const { run, words, buffer } = this.#kernel;
    const nodes = words[KEPT] as number;
    const first = (field: number): number =>
      this.#kernel.address(NODE_ARRAYS + field) - nodes * (NODE_BYTES[field] as number);
    const integers = (field: number): Int32Array =>
      new Int32Array(buffer, first(field), nodes).slice();
    const reals = (field: number): Float64Array =>
      new Float64Array(buffer, first(field), nodes).slice();
    this.#parts.push({
      roots: Int32Array.from(this.#roots),
      feature: integers(2),
      threshold: reals(6),
      left: integers(0),
      right: integers(1),
      missingLeft: new Uint8Array(buffer, first(9), nodes).slice(),
      categoryStart: integers(3),
      categoryBits: Uint32Array.from(this.#categoryBits),
      value: reals(4),
      cover: reals(5),
    });
    this.#roots = [];
    this.#categoryBits = [];
    run.dropTrees();
  }
}
