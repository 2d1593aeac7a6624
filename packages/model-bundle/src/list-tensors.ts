import type { Imputer, InputFeature, Model, TreeEnsemble } from "./bundle.ts";
import { categoryWordCounts } from "./category-words.ts";
import type { TensorData } from "./container.ts";
import { packDoubles, packIntegers } from "./pack-array.ts";

/** The tensors of an imputer. */
export function imputerTensors(imputer: Imputer): readonly TensorData[] {
  if (imputer.kind === "none") return [];
  const { columns, donors, donorCounts, means } = imputer;
  return [
    packIntegers("imputer.columns", columns),
    ...packDoubles("imputer.donors", donors, [donorCounts.length, columns.length]),
    ...packDoubles("imputer.donorCounts", donorCounts),
    ...packDoubles("imputer.means", means),
  ];
}

/** The tensors of a model. */
export function modelTensors(
  model: Model,
  features: readonly InputFeature[],
): readonly TensorData[] {
  if (model.kind !== "logistic") return treeTensors(model.trees, features);
  return [
    packIntegers("logistic.start", model.start),
    ...packDoubles("logistic.coefficients", model.coefficients),
    ...packDoubles("logistic.center", model.center),
    ...packDoubles("logistic.scale", model.scale),
  ];
}

/**
 * Children are stored as the number of nodes between parent and child, which is small, and always 0 for
 * left children in the usual order. Arrays that are 0 throughout are left out.
 */
function treeTensors(
  trees: TreeEnsemble,
  features: readonly InputFeature[],
): readonly TensorData[] {
  const tensors: TensorData[] = [
    packIntegers("trees.roots", trees.roots),
    packIntegers("trees.feature", trees.feature),
    ...packDoubles("trees.value", trees.value),
    ...packDoubles("trees.cover", trees.cover),
  ];
  const unlessZero = (name: string, array: Int32Array | Uint8Array): void => {
    if (array.some((each) => each !== 0)) tensors.push(packIntegers(name, array));
  };
  unlessZero("trees.leftGap", gapsOf(trees.left));
  unlessZero("trees.rightGap", gapsOf(trees.right));
  unlessZero("trees.missingLeft", trees.missingLeft);
  if (trees.threshold.some((bound) => !Object.is(bound, 0))) {
    tensors.push(...packDoubles("trees.threshold", trees.threshold));
  }
  const words = usedWords(trees, features);
  if (words.length > 0) tensors.push(packIntegers("trees.categoryBits", words));
  return tensors;
}

/** Nodes between each node and its child; 0 at leaves. */
function gapsOf(children: Int32Array): Int32Array {
  return children.map((child, node) => (child === -1 ? 0 : child - node - 1));
}

/** The category words of each node in the order of the nodes: where they start need not be stored then. */
function usedWords(trees: TreeEnsemble, features: readonly InputFeature[]): Uint32Array {
  const { feature, categoryStart, categoryBits } = trees;
  const counts = categoryWordCounts(features);
  const words: number[] = [];
  for (let node = 0; node < feature.length; node++) {
    const start = categoryStart[node] as number;
    if (start < 0) continue;
    const end = start + (counts[feature[node] as number] as number);
    for (let word = start; word < end; word++) words.push(categoryBits[word] as number);
  }
  return Uint32Array.from(words);
}
