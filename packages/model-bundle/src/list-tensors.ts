import type { Imputer, InputFeature, Model, NetworkModel, TreeEnsemble } from "./bundle.ts";
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

/**
 * The tensors of a model.
 *
 * @param prefix of their names: that of the member they belong to, "" for the whole model's.
 */
export function modelTensors(
  model: Model,
  features: readonly InputFeature[],
  prefix = "",
): readonly TensorData[] {
  const { kind } = model;
  if (kind === "forest" || kind === "boosting") {
    return treeTensors(model.trees, features, `${prefix}trees`);
  }
  if (kind === "logistic") {
    return [
      packIntegers(`${prefix}logistic.start`, model.start),
      ...packDoubles(`${prefix}logistic.coefficients`, model.coefficients),
      ...packDoubles(`${prefix}logistic.center`, model.center),
      ...packDoubles(`${prefix}logistic.scale`, model.scale),
    ];
  }
  if (kind === "network") return networkTensors(model, `${prefix}network`);
  const factors =
    kind === "average"
      ? packDoubles("average.weights", model.weights)
      : packDoubles("stacking.coefficients", model.coefficients);
  return [
    ...factors,
    ...model.members.flatMap((member, i) => modelTensors(member, features, `members.${i}.`)),
  ];
}

function networkTensors(network: NetworkModel, prefix: string): readonly TensorData[] {
  const tensors = [
    packIntegers(`${prefix}.unitStart`, network.unitStart),
    ...packDoubles(`${prefix}.center`, network.center),
    ...packDoubles(`${prefix}.scale`, network.scale),
    ...packDoubles(`${prefix}.unitValue`, network.unitValue),
  ];
  let nInputs = network.unitValue.length;
  for (const [i, { weights, bias }] of network.layers.entries()) {
    tensors.push(
      ...packDoubles(`${prefix}.layers.${i}.weights`, weights, [nInputs, bias.length]),
      ...packDoubles(`${prefix}.layers.${i}.bias`, bias),
    );
    nInputs = bias.length;
  }
  return tensors;
}

/**
 * Children are stored as the number of nodes between parent and child, which is small, and always 0 for
 * left children in the usual order. Arrays that are 0 throughout are left out.
 */
function treeTensors(
  trees: TreeEnsemble,
  features: readonly InputFeature[],
  prefix: string,
): readonly TensorData[] {
  const tensors: TensorData[] = [
    packIntegers(`${prefix}.roots`, trees.roots),
    packIntegers(`${prefix}.feature`, trees.feature),
    ...packDoubles(`${prefix}.value`, trees.value),
    ...packDoubles(`${prefix}.cover`, trees.cover),
  ];
  const unlessZero = (name: string, array: Int32Array | Uint8Array): void => {
    if (array.some((each) => each !== 0)) tensors.push(packIntegers(`${prefix}.${name}`, array));
  };
  unlessZero("leftGap", gapsOf(trees.left));
  unlessZero("rightGap", gapsOf(trees.right));
  unlessZero("missingLeft", trees.missingLeft);
  if (trees.threshold.some((bound) => !Object.is(bound, 0))) {
    tensors.push(...packDoubles(`${prefix}.threshold`, trees.threshold));
  }
  const words = usedWords(trees, features);
  if (words.length > 0) tensors.push(packIntegers(`${prefix}.categoryBits`, words));
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
