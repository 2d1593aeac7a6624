import type { TreeEnsemble } from "@gillnet/model-bundle";

import type { Criterion } from "./criterion.ts";
import type { ColumnBins, NumericBins } from "./dtypes.ts";
import { BIN_SET_WORDS } from "./grown-tree.ts";
import type { GrownTree } from "./grown-tree.ts";

/**
 * Turns grown trees into trees that answer for raw rows: bins become bounds between raw values, sets of bins
 * become sets of category codes, sums become answers.
 *
 * A bound is the midpoint of the two training values next to it in the node, as in scikit-learn. A split of
 * all values from the missing cells has the largest finite number as its bound.
 *
 * @param columns the bins that the trees were grown on
 * @param coverUnit what one unit of the targets' weight stands for in `cover`
 */
export function makeTreeEnsemble(
  trees: readonly GrownTree[],
  columns: readonly ColumnBins[],
  criterion: Criterion,
  coverUnit: number,
): TreeEnsemble {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const roots = new Int32Array(trees.length);
  const feature = new Int32Array(nodes);
  const threshold = new Float64Array(nodes);
  const left = new Int32Array(nodes);
  const right = new Int32Array(nodes);
  const missingLeft = new Uint8Array(nodes);
  const categoryStart = new Int32Array(nodes);
  const value = new Float64Array(nodes);
  const cover = new Float64Array(nodes);
  const categoryBits: number[] = [];

  let at = 0;
  trees.forEach((tree, index) => {
    const root = at;
    roots[index] = root;
    for (let node = 0; node < tree.feature.length; node++, at++) {
      const sum = tree.sum[node] as number;
      const weight = tree.weight[node] as number;
      feature[at] = tree.feature[node] as number;
      value[at] = criterion.value(sum, weight);
      cover[at] = weight * coverUnit;
      categoryStart[at] = -1;
      if (feature[at] === -1) {
        left[at] = -1;
        right[at] = -1;
        continue;
      }
      left[at] = root + (tree.left[node] as number);
      right[at] = root + (tree.right[node] as number);
      missingLeft[at] = tree.missingLeft[node] === true ? 1 : 0;
      const bins = columns[feature[at] as number] as ColumnBins;
      if (bins.kind === "numeric") {
        threshold[at] = boundBetween(
          bins,
          tree.leftBin[node] as number,
          tree.rightBin[node] as number,
        );
      } else {
        categoryStart[at] = categoryBits.length;
        const words = categoryWords(bins.binOfCode, tree.binSets, tree.binSet[node] as number);
        for (const word of words) categoryBits.push(word);
      }
    }
  });
  return {
    roots,
    feature,
    threshold,
    left,
    right,
    missingLeft,
    categoryStart,
    categoryBits: Uint32Array.from(categoryBits),
    value,
    cover,
  };
}

function boundBetween(bins: NumericBins, leftBin: number, rightBin: number): number {
  if (rightBin < 0) return Number.MAX_VALUE;
  const below = bins.highest[leftBin] as number;
  const above = bins.lowest[rightBin] as number;
  // Halves first, so that no sum overflows; neighbouring doubles may round up to the upper one.
  const middle = below / 2 + above / 2;
  return middle < above ? middle : below;
}

function categoryWords(binOfCode: Uint8Array, binSets: readonly number[], start: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(binOfCode.length / 32));
  for (let code = 0; code < binOfCode.length; code++) {
    const bin = binOfCode[code] as number;
    const left = ((binSets[start + (bin >> 5)] as number) >>> (bin & 31)) & 1;
    words[code >> 5] = (words[code >> 5] as number) | (left << (code & 31));
  }
  return words;
}

/** The first `count` trees of an ensemble, as views of its arrays. */
export function firstTrees(trees: TreeEnsemble, count: number): TreeEnsemble {
  if (count >= trees.roots.length) return trees;
  const nodes = trees.roots[count] as number;
  return {
    roots: trees.roots.subarray(0, count),
    feature: trees.feature.subarray(0, nodes),
    threshold: trees.threshold.subarray(0, nodes),
    left: trees.left.subarray(0, nodes),
    right: trees.right.subarray(0, nodes),
    missingLeft: trees.missingLeft.subarray(0, nodes),
    categoryStart: trees.categoryStart.subarray(0, nodes),
    // Words of later trees stay in: which of them are used is a matter of `categoryStart`.
    categoryBits: trees.categoryBits,
    value: trees.value.subarray(0, nodes),
    cover: trees.cover.subarray(0, nodes),
  };
}

/** Ensembles one after the other as one. */
export function joinEnsembles(parts: readonly TreeEnsemble[]): TreeEnsemble {
  const nodes = parts.reduce((sum, part) => sum + part.feature.length, 0);
  const words = parts.reduce((sum, part) => sum + part.categoryBits.length, 0);
  const joined = {
    roots: new Int32Array(parts.reduce((sum, part) => sum + part.roots.length, 0)),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    categoryStart: new Int32Array(nodes),
    categoryBits: new Uint32Array(words),
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  };
  let tree = 0;
  let node = 0;
  let word = 0;
  for (const part of parts) {
    const shift = node;
    const wordShift = word;
    const moved = (index: number): number => (index < 0 ? -1 : index + shift);
    joined.roots.set(part.roots.map(moved), tree);
    joined.feature.set(part.feature, node);
    joined.threshold.set(part.threshold, node);
    joined.left.set(part.left.map(moved), node);
    joined.right.set(part.right.map(moved), node);
    joined.missingLeft.set(part.missingLeft, node);
    joined.categoryStart.set(
      part.categoryStart.map((start) => (start < 0 ? -1 : start + wordShift)),
      node,
    );
    joined.categoryBits.set(part.categoryBits, word);
    joined.value.set(part.value, node);
    joined.cover.set(part.cover, node);
    tree += part.roots.length;
    node += part.feature.length;
    word += part.categoryBits.length;
  }
  return joined;
}
