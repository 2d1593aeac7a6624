import type { TreeEnsemble } from "@gillnet/model-bundle";

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
