import type { BoostingModel, InputFeature, TreeEnsemble } from "./bundle.ts";
import { invalidModel } from "./invalid-model.ts";

/** The arrays with one entry a node. */
const NODE_ARRAYS = [
  "threshold",
  "left",
  "right",
  "missingLeft",
  "categoryStart",
  "value",
  "cover",
] as const;

/**
 * Checks that walking each tree ends and stays inside the arrays, and that the trees are trees. O(nodes).
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateTrees(trees: TreeEnsemble, features: readonly InputFeature[]): void {
  const { roots, feature, left, right, cover } = trees;
  const nNodes = feature.length;
  for (const name of NODE_ARRAYS) {
    if (trees[name].length !== nNodes) {
      throw invalidModel(
        `The trees have ${nNodes} nodes, but ${trees[name].length} entries of '${name}'`,
      );
    }
  }
  if (roots.length === 0 || roots[0] !== 0)
    throw invalidModel("The first tree must start at node 0");
  // How many parents each node has: one, or none for a root.
  const parents = new Uint8Array(nNodes);
  for (let tree = 0; tree < roots.length; tree++) {
    const start = roots[tree] as number;
    const end = tree + 1 < roots.length ? (roots[tree + 1] as number) : nNodes;
    if (end <= start || end > nNodes) {
      throw invalidModel(
        `Tree ${tree} must have at least one of the ${nNodes} nodes, got ${start} to ${end}`,
      );
    }
    parents[start] = 1;
    for (let node = start; node < end; node++) {
      if ((feature[node] as number) === -1) checkLeaf(trees, node);
      else {
        checkInner(trees, node, features);
        for (const child of [left[node] as number, right[node] as number]) {
          if (child <= node || child >= end || parents[child] === 1) {
            throw invalidModel(
              `Node ${node} must have children of its own after it and before node ${end}, got ${child}`,
            );
          }
          parents[child] = 1;
        }
      }
      const weight = cover[node] as number;
      if (!(weight > 0 && weight < Infinity)) {
        throw invalidModel(`Node ${node} must have a positive finite cover, got ${weight}`);
      }
    }
  }
  const orphan = parents.indexOf(0);
  if (orphan !== -1)
    throw invalidModel(`Node ${orphan} is nobody's child and no tree starts there`);
}

/**
 * Checks that each tree's answer is a probability.
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateShares({ value }: TreeEnsemble): void {
  const node = value.findIndex((share) => !(share >= 0 && share <= 1));
  if (node !== -1)
    throw invalidModel(`Node ${node} must have a share from 0 to 1, got ${value[node]}`);
}

/**
 * Checks that no row's sum overflows: Infinity - Infinity is no probability.
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateScores({ trees, initial, scale }: BoostingModel): void {
  const { roots, value } = trees;
  if (!Number.isFinite(initial) || !(scale > 0 && scale < Infinity)) {
    throw invalidModel(
      `The model must have a finite initial score and a positive finite scale, got ${initial} and ${scale}`,
    );
  }
  let largestSum = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    const end = roots[tree + 1] ?? value.length;
    let largest = 0;
    for (let node = roots[tree] as number; node < end; node++) {
      const size = Math.abs(value[node] as number);
      if (!(size < Infinity)) {
        throw invalidModel(`Node ${node} must have a finite score, got ${value[node]}`);
      }
      largest = Math.max(largest, size);
    }
    largestSum += largest;
  }
  if (!(Math.abs(initial) + scale * largestSum < Infinity)) {
    throw invalidModel(`The trees' scores must add up to a finite one, got up to ${largestSum}`);
  }
}

/** What a leaf has no use for must have its one neutral value: two files would hold the same model else. */
function checkLeaf(trees: TreeEnsemble, node: number): void {
  const { threshold, left, right, missingLeft, categoryStart } = trees;
  if (
    left[node] !== -1 ||
    right[node] !== -1 ||
    !Object.is(threshold[node], 0) ||
    missingLeft[node] !== 0 ||
    categoryStart[node] !== -1
  ) {
    throw invalidModel(
      `Leaf ${node} must have children -1, threshold 0, missingLeft 0 and categoryStart -1`,
    );
  }
}

function checkInner(trees: TreeEnsemble, node: number, features: readonly InputFeature[]): void {
  const { threshold, missingLeft, categoryStart, categoryBits } = trees;
  const column = trees.feature[node] as number;
  const input = features[column];
  if (input === undefined) {
    throw invalidModel(
      `Node ${node} must read one of the ${features.length} inputs, got ${column}`,
    );
  }
  if ((missingLeft[node] as number) > 1) {
    throw invalidModel(`Node ${node} must have missingLeft 0 or 1, got ${missingLeft[node]}`);
  }
  const start = categoryStart[node] as number;
  const bound = threshold[node] as number;
  if (input.kind === "numeric") {
    if (start !== -1 || !(bound > -Infinity)) {
      throw invalidModel(
        `Node ${node} reads numeric '${input.name}': it must have a finite threshold, or Infinity, and categoryStart -1, got ${bound} and ${start}`,
      );
    }
    return;
  }
  const words = Math.ceil(input.categories.length / 32);
  if (!Object.is(bound, 0) || start < 0 || start + words > categoryBits.length) {
    throw invalidModel(
      `Node ${node} reads categorical '${input.name}': it must have threshold 0 and ${words} words of bits, got ${bound} and a start at ${start} of ${categoryBits.length}`,
    );
  }
  const spare = words * 32 - input.categories.length;
  if (spare > 0 && (categoryBits[start + words - 1] as number) >>> (32 - spare) !== 0) {
    throw invalidModel(
      `Node ${node} sets a bit beyond the ${input.categories.length} categories of '${input.name}'`,
    );
  }
}
