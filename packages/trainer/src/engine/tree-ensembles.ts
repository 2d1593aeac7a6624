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

/** Ensembles one after the other as one. A single one is returned as it is. */
export function joinEnsembles(parts: readonly TreeEnsemble[]): TreeEnsemble {
  if (parts.length === 1) return parts[0] as TreeEnsemble;
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
    shiftInto(joined.roots, tree, part.roots, node);
    joined.feature.set(part.feature, node);
    joined.threshold.set(part.threshold, node);
    shiftInto(joined.left, node, part.left, node);
    shiftInto(joined.right, node, part.right, node);
    joined.missingLeft.set(part.missingLeft, node);
    shiftInto(joined.categoryStart, node, part.categoryStart, word);
    joined.categoryBits.set(part.categoryBits, word);
    joined.value.set(part.value, node);
    joined.cover.set(part.cover, node);
    tree += part.roots.length;
    node += part.feature.length;
    word += part.categoryBits.length;
  }
  return joined;
}

/** Writes indices, each `shift` higher, from `at` on; those below 0 stand for none and stay. */
function shiftInto(target: Int32Array, at: number, indices: Int32Array, shift: number): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    target[at + i] = index < 0 ? index : index + shift;
  }
}
