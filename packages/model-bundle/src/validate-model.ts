import type { PipelineError } from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import type { BoostingModel, InputFeature, LogisticModel, Model, TreeEnsemble } from "./bundle.ts";

/**
 * Checks that predicting with the model ends, stays inside its arrays and gives a probability, whatever
 * the row; and that its trees are trees, so that explaining ends too. O(size of the model).
 *
 * @throws PipelineError BUNDLE_MODEL_INVALID.
 */
export function validateModel(model: Model, features: readonly InputFeature[]): void {
  switch (model.kind) {
    case "forest":
      checkTrees(model.trees, features);
      checkShares(model.trees);
      break;
    case "boosting":
      checkTrees(model.trees, features);
      checkScores(model);
      break;
    case "logistic":
      checkLogistic(model, features);
  }
}

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

function checkTrees(trees: TreeEnsemble, features: readonly InputFeature[]): void {
  const { roots, feature, left, right, cover } = trees;
  const nNodes = feature.length;
  for (const name of NODE_ARRAYS) {
    if (trees[name].length !== nNodes) {
      throw invalid(
        `The trees have ${nNodes} nodes, but ${trees[name].length} entries of '${name}'`,
      );
    }
  }
  if (roots.length === 0 || roots[0] !== 0) throw invalid("The first tree must start at node 0");
  // How many parents each node has: one, or none for a root.
  const parents = new Uint8Array(nNodes);
  for (let tree = 0; tree < roots.length; tree++) {
    const start = roots[tree] as number;
    const end = tree + 1 < roots.length ? (roots[tree + 1] as number) : nNodes;
    if (end <= start || end > nNodes) {
      throw invalid(
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
            throw invalid(
              `Node ${node} must have children of its own after it and before node ${end}, got ${child}`,
            );
          }
          parents[child] = 1;
        }
      }
      const weight = cover[node] as number;
      if (!(weight > 0 && weight < Infinity)) {
        throw invalid(`Node ${node} must have a positive finite cover, got ${weight}`);
      }
    }
  }
  const orphan = parents.indexOf(0);
  if (orphan !== -1) throw invalid(`Node ${orphan} is nobody's child and no tree starts there`);
}

function checkShares({ value }: TreeEnsemble): void {
  const node = value.findIndex((share) => !(share >= 0 && share <= 1));
  if (node !== -1) throw invalid(`Node ${node} must have a share from 0 to 1, got ${value[node]}`);
}

/** No row's sum may overflow: Infinity - Infinity is no probability. */
function checkScores({ trees, initial, scale }: BoostingModel): void {
  const { roots, value } = trees;
  if (!Number.isFinite(initial) || !(scale > 0 && scale < Infinity)) {
    throw invalid(
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
        throw invalid(`Node ${node} must have a finite score, got ${value[node]}`);
      }
      largest = Math.max(largest, size);
    }
    largestSum += largest;
  }
  if (!(Math.abs(initial) + scale * largestSum < Infinity)) {
    throw invalid(`The trees' scores must add up to a finite one, got up to ${largestSum}`);
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
    throw invalid(
      `Leaf ${node} must have children -1, threshold 0, missingLeft 0 and categoryStart -1`,
    );
  }
}

function checkInner(trees: TreeEnsemble, node: number, features: readonly InputFeature[]): void {
  const { threshold, missingLeft, categoryStart, categoryBits } = trees;
  const column = trees.feature[node] as number;
  const input = features[column];
  if (input === undefined) {
    throw invalid(`Node ${node} must read one of the ${features.length} inputs, got ${column}`);
  }
  if ((missingLeft[node] as number) > 1) {
    throw invalid(`Node ${node} must have missingLeft 0 or 1, got ${missingLeft[node]}`);
  }
  const start = categoryStart[node] as number;
  const bound = threshold[node] as number;
  if (input.kind === "numeric") {
    if (start !== -1 || !(bound > -Infinity)) {
      throw invalid(
        `Node ${node} reads numeric '${input.name}': it must have a finite threshold, or Infinity, and categoryStart -1, got ${bound} and ${start}`,
      );
    }
    return;
  }
  const words = Math.ceil(input.categories.length / 32);
  if (!Object.is(bound, 0) || start < 0 || start + words > categoryBits.length) {
    throw invalid(
      `Node ${node} reads categorical '${input.name}': it must have threshold 0 and ${words} words of bits, got ${bound} and a start at ${start} of ${categoryBits.length}`,
    );
  }
  const spare = words * 32 - input.categories.length;
  if (spare > 0 && (categoryBits[start + words - 1] as number) >>> (32 - spare) !== 0) {
    throw invalid(
      `Node ${node} sets a bit beyond the ${input.categories.length} categories of '${input.name}'`,
    );
  }
}

function checkLogistic(model: LogisticModel, features: readonly InputFeature[]): void {
  const { intercept, start, coefficients, center, scale } = model;
  for (const [name, array] of [
    ["start", start] as const,
    ["center", center] as const,
    ["scale", scale] as const,
  ]) {
    if (array.length !== features.length) {
      throw invalid(
        `The model has ${features.length} inputs, but ${array.length} entries of '${name}'`,
      );
    }
  }
  let next = 0;
  features.forEach((input, column) => {
    if (start[column] !== next) {
      throw invalid(
        `The coefficients of '${input.name}' must start at ${next}, got ${start[column]}`,
      );
    }
    next += input.kind === "numeric" ? 1 : input.categories.length;
    const c = center[column] as number;
    const s = scale[column] as number;
    const holds =
      input.kind === "numeric"
        ? Number.isFinite(c) && s > 0 && s < Infinity
        : Object.is(c, 0) && Object.is(s, 0);
    if (!holds) {
      throw invalid(
        `${input.kind} input '${input.name}' must have ${input.kind === "numeric" ? "a finite center and a positive scale" : "center 0 and scale 0"}, got ${c} and ${s}`,
      );
    }
  });
  if (coefficients.length !== next) {
    throw invalid(`The model must have ${next} coefficients, got ${coefficients.length}`);
  }
  if (!Number.isFinite(intercept) || !coefficients.every(Number.isFinite)) {
    throw invalid("The model's intercept and coefficients must be finite");
  }
}

function invalid(message: string): PipelineError {
  return bundleError("BUNDLE_MODEL_INVALID", message);
}
