import type { TreeEnsemble } from "@gillnet/model-bundle";

/** The first `count` trees of an ensemble, as views of its arrays. */
export function firstTrees(trees: TreeEnsemble, count: number): TreeEnsemble {
  if (count >= trees.roots.length) return trees;
  // Words of later trees stay in: which of them are used is a matter of `categoryStart`.
  return firstNodes(trees, count, trees.roots[count] as number, trees.categoryBits.length);
}

/** Ensembles one after the other as one. A single one is returned as it is. */
export function joinEnsembles(parts: readonly TreeEnsemble[]): TreeEnsemble {
  if (parts.length === 1) return parts[0] as TreeEnsemble;
  const total = (of: "roots" | "feature" | "categoryBits"): number =>
    parts.reduce((sum, part) => sum + part[of].length, 0);
  const joined = emptyEnsemble(total("roots"), total("feature"), total("categoryBits"));
  let tree = 0;
  let node = 0;
  let word = 0;
  for (const part of parts) {
    put(part, joined, tree, node, word);
    tree += part.roots.length;
    node += part.feature.length;
    word += part.categoryBits.length;
  }
  return joined;
}

/** Room for nodes beyond what the first part lets expect: parts differ by chance. Room that is not used costs nothing. */
const SLACK = 1.1;

/**
 * Puts ensembles together one after the other, as they come: a part is not needed any more once it is added, so that the
 * whole is not held twice.
 */
export class EnsembleGatherer {
  readonly #trees: number;
  #whole: TreeEnsemble | null = null;
  #nTrees = 0;
  #nNodes = 0;
  #nWords = 0;

  /** @param trees of the whole */
  constructor(trees: number) {
    this.#trees = trees;
  }

  /** Adds a part behind those before it. */
  add(part: TreeEnsemble): void {
    const trees = this.#nTrees + part.roots.length;
    const nodes = this.#nNodes + part.feature.length;
    const words = this.#nWords + part.categoryBits.length;
    if (this.#whole === null && trees === this.#trees) this.#whole = part;
    else {
      const whole = this.#withRoom(trees, nodes, words);
      put(part, whole, this.#nTrees, this.#nNodes, this.#nWords);
      this.#whole = whole;
    }
    this.#nTrees = trees;
    this.#nNodes = nodes;
    this.#nWords = words;
  }

  /** The ensemble of all parts. */
  finish(): TreeEnsemble {
    const whole = this.#whole ?? emptyEnsemble(0, 0, 0);
    if (whole.feature.length === this.#nNodes) return whole;
    return firstNodes(whole, this.#nTrees, this.#nNodes, this.#nWords);
  }

  /** What is gathered so far, with room for so much in all. */
  #withRoom(trees: number, nodes: number, words: number): TreeEnsemble {
    const whole = this.#whole;
    if (
      whole !== null &&
      trees <= whole.roots.length &&
      nodes <= whole.feature.length &&
      words <= whole.categoryBits.length
    ) {
      return whole;
    }
    const expected = (SLACK * Math.max(this.#trees, trees)) / trees;
    const larger = emptyEnsemble(
      Math.max(this.#trees, trees),
      Math.ceil(expected * nodes),
      Math.ceil(expected * words),
    );
    if (whole !== null) {
      put(firstNodes(whole, this.#nTrees, this.#nNodes, this.#nWords), larger, 0, 0, 0);
    }
    return larger;
  }
}

function emptyEnsemble(trees: number, nodes: number, words: number): TreeEnsemble {
  return {
    roots: new Int32Array(trees),
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
}

function firstNodes(
  ensemble: TreeEnsemble,
  trees: number,
  nodes: number,
  words: number,
): TreeEnsemble {
  return {
    roots: ensemble.roots.subarray(0, trees),
    feature: ensemble.feature.subarray(0, nodes),
    threshold: ensemble.threshold.subarray(0, nodes),
    left: ensemble.left.subarray(0, nodes),
    right: ensemble.right.subarray(0, nodes),
    missingLeft: ensemble.missingLeft.subarray(0, nodes),
    categoryStart: ensemble.categoryStart.subarray(0, nodes),
    categoryBits: ensemble.categoryBits.subarray(0, words),
    value: ensemble.value.subarray(0, nodes),
    cover: ensemble.cover.subarray(0, nodes),
  };
}

/** Writes a part into an ensemble, from a tree, a node and a word on. */
function put(
  part: TreeEnsemble,
  whole: TreeEnsemble,
  tree: number,
  node: number,
  word: number,
): void {
  shiftInto(whole.roots, tree, part.roots, node);
  whole.feature.set(part.feature, node);
  whole.threshold.set(part.threshold, node);
  shiftInto(whole.left, node, part.left, node);
  shiftInto(whole.right, node, part.right, node);
  whole.missingLeft.set(part.missingLeft, node);
  shiftInto(whole.categoryStart, node, part.categoryStart, word);
  whole.categoryBits.set(part.categoryBits, word);
  whole.value.set(part.value, node);
  whole.cover.set(part.cover, node);
}

/** Writes indices, each `shift` higher, from `at` on; those below 0 stand for none and stay. */
function shiftInto(target: Int32Array, at: number, indices: Int32Array, shift: number): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    target[at + i] = index < 0 ? index : index + shift;
  }
}
