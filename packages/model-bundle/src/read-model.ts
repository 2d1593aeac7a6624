import type { ArrayReader } from "./array-reader.ts";
import type {
  InputFeature,
  Model,
  NetworkLayer,
  NetworkModel,
  SingleModel,
  TreeEnsemble,
} from "./bundle.ts";
import { bundleError } from "./bundle-error.ts";
import { categoryWordCounts } from "./category-words.ts";
import type { CheckedJson } from "./checked-json.ts";

const SINGLE_KINDS = ["forest", "logistic", "boosting", "network"] as const;

/**
 * A model from its member of the header and its tensors; only their form is checked.
 *
 * @throws PipelineError BUNDLE_HEADER_MEMBER, BUNDLE_TENSOR_..., BUNDLE_TOO_LARGE, BUNDLE_MODEL_INVALID.
 */
export function readModel(
  json: CheckedJson,
  arrays: ArrayReader,
  features: readonly InputFeature[],
): Model {
  const kind = json.member("kind").oneOf(...SINGLE_KINDS, "average", "stacking");
  if (kind !== "average" && kind !== "stacking") return readSingle(json, arrays, features, "");
  if (kind === "average") json.allow("kind", "members");
  else json.allow("kind", "intercept", "members");
  const members = json
    .member("members")
    .items()
    .map((member, i) => readSingle(member, arrays, features, `members.${i}.`));
  if (kind === "average") return { kind, members, weights: arrays.doubles("average.weights") };
  return {
    kind,
    members,
    intercept: json.member("intercept").number(),
    coefficients: arrays.doubles("stacking.coefficients"),
  };
}

/** @param prefix of the names of its tensors. */
function readSingle(
  json: CheckedJson,
  arrays: ArrayReader,
  features: readonly InputFeature[],
  prefix: string,
): SingleModel {
  const kind = json.member("kind").oneOf(...SINGLE_KINDS);
  if (kind === "forest") {
    json.allow("kind");
    return { kind, trees: readTrees(arrays, features, `${prefix}trees`) };
  }
  if (kind === "boosting") {
    json.allow("kind", "initial", "scale");
    const initial = json.member("initial").number();
    const scale = json.member("scale").number();
    return { kind, trees: readTrees(arrays, features, `${prefix}trees`), initial, scale };
  }
  if (kind === "network") {
    json.allow("kind", "layers");
    return readNetwork(json.member("layers").integer(1), arrays, features, `${prefix}network`);
  }
  json.allow("kind", "intercept");
  return {
    kind,
    intercept: json.member("intercept").number(),
    start: arrays.integers(Int32Array, `${prefix}logistic.start`, features.length),
    coefficients: arrays.doubles(`${prefix}logistic.coefficients`),
    center: arrays.doubles(`${prefix}logistic.center`, [features.length]),
    scale: arrays.doubles(`${prefix}logistic.scale`, [features.length]),
  };
}

function readNetwork(
  nLayers: number,
  arrays: ArrayReader,
  features: readonly InputFeature[],
  prefix: string,
): NetworkModel {
  const unitValue = arrays.doubles(`${prefix}.unitValue`);
  const layers: NetworkLayer[] = [];
  let nInputs = unitValue.length;
  for (let i = 0; i < nLayers; i++) {
    const bias = arrays.doubles(`${prefix}.layers.${i}.bias`);
    const weights = arrays.doubles(`${prefix}.layers.${i}.weights`, [nInputs, bias.length]);
    layers.push({ weights, bias });
    nInputs = bias.length;
  }
  return {
    kind: "network",
    unitStart: arrays.integers(Int32Array, `${prefix}.unitStart`, features.length + 1),
    center: arrays.doubles(`${prefix}.center`, [features.length]),
    scale: arrays.doubles(`${prefix}.scale`, [features.length]),
    unitValue,
    layers,
  };
}

function readTrees(
  arrays: ArrayReader,
  features: readonly InputFeature[],
  prefix: string,
): TreeEnsemble {
  const feature = arrays.integers(Int32Array, `${prefix}.feature`);
  const nNodes = feature.length;
  const { categoryStart, nWords } = placeWords(arrays.zeros(Int32Array, nNodes), feature, features);
  return {
    roots: arrays.integers(Int32Array, `${prefix}.roots`),
    feature,
    threshold: arrays.doublesOrZeros(`${prefix}.threshold`, nNodes),
    left: childrenOf(feature, arrays.integersOrZeros(Int32Array, `${prefix}.leftGap`, nNodes)),
    right: childrenOf(feature, arrays.integersOrZeros(Int32Array, `${prefix}.rightGap`, nNodes)),
    missingLeft: arrays.integersOrZeros(Uint8Array, `${prefix}.missingLeft`, nNodes),
    categoryStart,
    categoryBits:
      nWords === 0
        ? new Uint32Array(0)
        : arrays.integers(Uint32Array, `${prefix}.categoryBits`, nWords),
    value: arrays.doubles(`${prefix}.value`, [nNodes]),
    cover: arrays.doubles(`${prefix}.cover`, [nNodes]),
  };
}

/** Fills in where each categorical node's words start; they follow one another in the order of the nodes. */
function placeWords(
  categoryStart: Int32Array,
  feature: Int32Array,
  features: readonly InputFeature[],
): { readonly categoryStart: Int32Array; readonly nWords: number } {
  const counts = categoryWordCounts(features);
  let nWords = 0;
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    const isCategorical = column >= 0 && features[column]?.kind === "categorical";
    categoryStart[node] = isCategorical ? nWords : -1;
    if (isCategorical) nWords += counts[column] as number;
  }
  return { categoryStart, nWords };
}

/** Gaps become indices in place. A gap too large for its tree is found when the model is validated. */
function childrenOf(feature: Int32Array, gaps: Int32Array): Int32Array {
  for (let node = 0; node < gaps.length; node++) {
    const gap = gaps[node] as number;
    const isLeaf = feature[node] === -1;
    if (isLeaf && gap !== 0) {
      throw bundleError("BUNDLE_MODEL_INVALID", `Leaf ${node} must have the gap 0, got ${gap}`);
    }
    gaps[node] = isLeaf ? -1 : node + 1 + gap;
  }
  return gaps;
}
