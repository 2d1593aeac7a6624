import type { TreeEnsemble } from "@gillnet/model-bundle";

import type { Criterion } from "./criterion.ts";
import type { CategoricalBins, ColumnBins, NumericBins } from "./dtypes.ts";
import type { GrownTree } from "./grown-tree.ts";
import { joinEnsembles } from "./tree-ensembles.ts";

/** Per node of a tree: its answer, and the weight that reached it. */
export interface NodeAnswers {
  readonly value: Float64Array;
  readonly cover: Float64Array;
}

/**
 * Turns grown trees into an ensemble that answers for raw rows: bins become bounds between raw values, sets of
 * bins become sets of category codes, sums become answers.
 *
 * A bound is the midpoint of the two training values next to it in the node, as in scikit-learn, unless it was
 * drawn. A split of all values from the missing cells has the largest finite number as its bound.
 */
export class EnsembleBuilder {
  readonly #columns: readonly ColumnBins[];
  readonly #criterion: Criterion;
  readonly #coverUnit: number;
  readonly #trees: TreeEnsemble[] = [];

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
   * @returns the tree as an ensemble of one
   */
  add(tree: GrownTree, own?: NodeAnswers): TreeEnsemble {
    const { count } = tree;
    const threshold = new Float64Array(count);
    const categoryStart = new Int32Array(count).fill(-1);
    const categoryBits: number[] = [];
    const value = own ? own.value.slice(0, count) : new Float64Array(count);
    const cover = new Float64Array(count);
    for (let node = 0; node < count; node++) {
      const weight = tree.weight[node] as number;
      if (!own) value[node] = this.#criterion.value(tree.sum[node] as number, weight);
      cover[node] = (own ? (own.cover[node] as number) : weight) * this.#coverUnit;
      const feature = tree.feature[node] as number;
      if (feature < 0) continue;
      const bins = this.#columns[feature] as ColumnBins;
      if (bins.kind === "numeric") threshold[node] = boundOf(tree, node, bins);
      else {
        categoryStart[node] = categoryBits.length;
        addCategories(tree, node, bins, categoryBits);
      }
    }
    const added: TreeEnsemble = {
      roots: new Int32Array(1),
      feature: tree.feature.slice(0, count),
      threshold,
      left: tree.left.slice(0, count),
      right: tree.right.slice(0, count),
      missingLeft: tree.missingLeft.slice(0, count),
      categoryStart,
      categoryBits: Uint32Array.from(categoryBits),
      value,
      cover,
    };
    this.#trees.push(added);
    return added;
  }

  /** The ensemble of all trees added, in arrays of its own. */
  finish(): TreeEnsemble {
    return joinEnsembles(this.#trees);
  }
}

function boundOf(tree: GrownTree, node: number, bins: NumericBins): number {
  const drawn = tree.bound[node] as number;
  if (!Number.isNaN(drawn)) return drawn;
  return boundBetween(bins, tree.leftBin[node] as number, tree.rightBin[node] as number);
}

/** Appends the set of category codes that a node sends to the left, a bit a code. */
export function addCategories(
  tree: GrownTree,
  node: number,
  { binOfCode }: CategoricalBins,
  words: number[],
): void {
  for (let code = 0; code < binOfCode.length; code += 32) {
    let word = 0;
    const end = Math.min(binOfCode.length, code + 32);
    for (let k = code; k < end; k++) {
      if (tree.binGoesLeft(node, binOfCode[k] as number)) word |= 1 << (k - code);
    }
    words.push(word);
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
