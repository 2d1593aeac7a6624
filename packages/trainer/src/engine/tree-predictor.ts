import type { TreeEnsemble } from "@gillnet/model-bundle";

import { copyInto } from "./copy-into.ts";
import type { Criterion } from "./criterion.ts";
import type { ColumnBins, NumericBins } from "./dtypes.ts";
import type { GrownTree } from "./grown-tree.ts";

/** Per node of a tree: its answer, and the weight that reached it. */
export interface NodeAnswers {
  readonly value: Float64Array;
  readonly cover: Float64Array;
}

/**
 * Turns grown trees into an ensemble that answers for raw rows: bins become bounds between raw values, sets of
 * bins become sets of category codes, sums become answers.
 *
 * A bound is the midpoint of the two training values next to it in the node, as in scikit-learn. A split of
 * all values from the missing cells has the largest finite number as its bound.
 */
export class EnsembleBuilder {
  readonly #columns: readonly ColumnBins[];
  readonly #criterion: Criterion;
  readonly #coverUnit: number;
  readonly #roots: number[] = [];
  readonly #categoryBits: number[] = [];
  #nodes = 0;
  #feature: Int32Array = new Int32Array(1024);
  #threshold: Float64Array = new Float64Array(1024);
  #left: Int32Array = new Int32Array(1024);
  #right: Int32Array = new Int32Array(1024);
  #missingLeft: Uint8Array = new Uint8Array(1024);
  #categoryStart: Int32Array = new Int32Array(1024);
  #value: Float64Array = new Float64Array(1024);
  #cover: Float64Array = new Float64Array(1024);

  /**
   * @param columns the bins that the trees are grown on
   * @param coverUnit what one unit of the targets' weight stands for in `cover`
   */
  constructor(columns: readonly ColumnBins[], criterion: Criterion, coverUnit: number) {
    this.#columns = columns;
    this.#criterion = criterion;
    this.#coverUnit = coverUnit;
  }

  /**
   * Adds a tree at the end.
   *
   * @param own what the nodes answer and cover, where the sums of the tree's targets do not tell
   */
  add(tree: GrownTree, own?: NodeAnswers): void {
    const root = this.#nodes;
    this.#roots.push(root);
    this.#nodes += tree.count;
    while (this.#nodes > this.#feature.length) this.#grow();
    for (let node = 0; node < tree.count; node++) {
      const at = root + node;
      const sum = tree.sum[node] as number;
      const weight = tree.weight[node] as number;
      const feature = tree.feature[node] as number;
      this.#feature[at] = feature;
      this.#value[at] = own ? (own.value[node] as number) : this.#criterion.value(sum, weight);
      this.#cover[at] = (own ? (own.cover[node] as number) : weight) * this.#coverUnit;
      this.#missingLeft[at] = tree.missingLeft[node] as number;
      this.#left[at] = feature < 0 ? -1 : root + (tree.left[node] as number);
      this.#right[at] = feature < 0 ? -1 : root + (tree.right[node] as number);
      this.#categoryStart[at] = -1;
      if (feature >= 0) this.#setSplit(at, tree, node, this.#columns[feature] as ColumnBins);
    }
  }

  #setSplit(at: number, tree: GrownTree, node: number, bins: ColumnBins): void {
    if (bins.kind === "numeric") {
      const [leftBin, rightBin] = [tree.leftBin[node] as number, tree.rightBin[node] as number];
      this.#threshold[at] = boundBetween(bins, leftBin, rightBin);
      return;
    }
    const { binOfCode } = bins;
    this.#categoryStart[at] = this.#categoryBits.length;
    for (let code = 0; code < binOfCode.length; code += 32) {
      let word = 0;
      const end = Math.min(binOfCode.length, code + 32);
      for (let k = code; k < end; k++) {
        if (tree.binGoesLeft(node, binOfCode[k] as number)) word |= 1 << (k - code);
      }
      this.#categoryBits.push(word);
    }
  }

  /** The ensemble of all trees added, in arrays of its own. */
  finish(): TreeEnsemble {
    const nodes = this.#nodes;
    return {
      roots: Int32Array.from(this.#roots),
      feature: this.#feature.slice(0, nodes),
      threshold: this.#threshold.slice(0, nodes),
      left: this.#left.slice(0, nodes),
      right: this.#right.slice(0, nodes),
      missingLeft: this.#missingLeft.slice(0, nodes),
      categoryStart: this.#categoryStart.slice(0, nodes),
      categoryBits: Uint32Array.from(this.#categoryBits),
      value: this.#value.slice(0, nodes),
      cover: this.#cover.slice(0, nodes),
    };
  }

  #grow(): void {
    const length = 2 * this.#feature.length;
    this.#feature = copyInto(new Int32Array(length), this.#feature);
    this.#threshold = copyInto(new Float64Array(length), this.#threshold);
    this.#left = copyInto(new Int32Array(length), this.#left);
    this.#right = copyInto(new Int32Array(length), this.#right);
    this.#missingLeft = copyInto(new Uint8Array(length), this.#missingLeft);
    this.#categoryStart = copyInto(new Int32Array(length), this.#categoryStart);
    this.#value = copyInto(new Float64Array(length), this.#value);
    this.#cover = copyInto(new Float64Array(length), this.#cover);
  }
}

/** The bound of a numeric split in raw values. */
export function boundBetween(bins: NumericBins, leftBin: number, rightBin: number): number {
  if (rightBin < 0) return Number.MAX_VALUE;
  const below = bins.highest[leftBin] as number;
  const above = bins.lowest[rightBin] as number;
  // Halves first, so that no sum overflows; neighbouring doubles may round up to the upper one.
  const middle = below / 2 + above / 2;
  return middle < above ? middle : below;
}
