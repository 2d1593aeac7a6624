import type {
  AverageModel,
  BoostingModel,
  Bundle,
  NetworkLayer,
  NetworkModel,
  SingleModel,
  StackingModel,
  TreeEnsemble,
} from "../../src/bundle.ts";
import {
  AVERAGE_BUNDLE,
  AVERAGE_MODEL,
  BOOSTING_BUNDLE,
  BOOSTING_MODEL,
  FOREST_BUNDLE,
  FOREST_MODEL,
  LOGISTIC_BUNDLE,
  LOGISTIC_MODEL,
  NETWORK_BUNDLE,
  NETWORK_MODEL,
  STACKING_BUNDLE,
  STACKING_MODEL,
} from "../sample-bundle.ts";

/** The forest with some of its trees' arrays replaced. */
function withTrees(change: Partial<TreeEnsemble>): Bundle {
  return {
    ...FOREST_BUNDLE,
    model: { ...FOREST_MODEL, trees: { ...FOREST_MODEL.trees, ...change } },
  };
}

function withBoosting(change: Partial<BoostingModel>): Bundle {
  return { ...BOOSTING_BUNDLE, model: { ...BOOSTING_MODEL, ...change } };
}

function withScores(...value: number[]): Bundle {
  return withBoosting({ trees: { ...BOOSTING_MODEL.trees, value: f64(...value) } });
}

function withNetwork(change: Partial<NetworkModel>): Bundle {
  return { ...NETWORK_BUNDLE, model: { ...NETWORK_MODEL, ...change } };
}

/** The network with one of its layers changed. */
function withLayer(index: number, change: Partial<NetworkLayer>): Bundle {
  const layer = { ...(NETWORK_MODEL.layers[index] as NetworkLayer), ...change };
  return withNetwork({ layers: NETWORK_MODEL.layers.with(index, layer) });
}

function withAverage(change: Partial<AverageModel>): Bundle {
  return { ...AVERAGE_BUNDLE, model: { ...AVERAGE_MODEL, ...change } };
}

function withStacking(change: Partial<StackingModel>): Bundle {
  return { ...STACKING_BUNDLE, model: { ...STACKING_MODEL, ...change } };
}

/** As many layers of one output each. */
function narrowLayers(count: number): readonly NetworkLayer[] {
  return Array.from({ length: count }, (_, i) => ({
    weights: new Float64Array(i === 0 ? 7 : 1),
    bias: f64(0),
  }));
}

const i32 = (...values: number[]): Int32Array => Int32Array.from(values);
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

/** Models that contradict themselves: the writer must refuse them, and so must the reader. */
export const CONTRADICTORY_MODELS: readonly (readonly [name: string, bundle: Bundle])[] = [
  ["no trees", withTrees({ roots: i32() })],
  ["a first tree that is not first", withTrees({ roots: i32(1, 5) })],
  ["a tree past the end", withTrees({ roots: i32(0, 8) })],
  ["a tree in another", withTrees({ roots: i32(0, 2) })],
  ["a tree twice", withTrees({ roots: i32(0, 0) })],
  ["two trees called one", withTrees({ roots: i32(0) })],
  ["a node that is its own child", withTrees({ left: i32(0, -1, 3, -1, -1, 6, -1, -1) })],
  ["a child before its parent", withTrees({ left: i32(1, -1, 0, -1, -1, 6, -1, -1) })],
  ["a child in the next tree", withTrees({ right: i32(2, -1, 6, -1, -1, 7, -1, -1) })],
  ["a child past the end", withTrees({ right: i32(2, -1, 4, -1, -1, 8, -1, -1) })],
  ["two parents of one child", withTrees({ right: i32(2, -1, 3, -1, -1, 7, -1, -1) })],
  ["an input past the last", withTrees({ feature: i32(3, -1, 1, -1, -1, 2, -1, -1) })],
  ["an input before the first", withTrees({ feature: i32(-2, -1, 1, -1, -1, 2, -1, -1) })],
  ["a threshold that is missing", withTrees({ threshold: f64(NaN, 0, 0, 0, 0, 0, 0, 0) })],
  ["a leaf with a threshold", withTrees({ threshold: f64(15.5, 1, 0, 0, 0, 0, 0, 0) })],
  ["a share above 1", withTrees({ value: f64(0, 1.1, 0, 0, 0, 0, 0, 0) })],
  ["a share below 0", withTrees({ value: f64(0, -0.1, 0, 0, 0, 0, 0, 0) })],
  ["no share", withTrees({ value: f64(0, NaN, 0, 0, 0, 0, 0, 0) })],
  ["a scale of 0", withBoosting({ scale: 0 })],
  ["a scale below 0", withBoosting({ scale: -1 })],
  ["an infinite score", withScores(0, 0, 0, 0, 0, 0, 0, Infinity)],
  ["no score", withScores(0, 0, 0, 0, 0, 0, 0, NaN)],
  ["scores whose sum overflows", withScores(0, 1.7e308, 0, 0, 0, 0, -1.7e308, 0)],
  [
    "scores that overflow when scaled",
    withBoosting({
      scale: 1e10,
      trees: { ...BOOSTING_MODEL.trees, value: f64(0, 1e300, 0, 0, 0, 0, 0, 0) },
    }),
  ],
  [
    "boosting whose trees are none",
    withBoosting({ trees: { ...BOOSTING_MODEL.trees, roots: i32(0, 0) } }),
  ],
  ["no cover", withTrees({ cover: f64(6, 3, 3, 2, 1, 6, 3, 0) })],
  [
    "missing cells that go neither way",
    withTrees({ missingLeft: Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0) }),
  ],
  ["a bit past the last category", withTrees({ categoryBits: Uint32Array.of(0b1101) })],
  ["a categorical node with a threshold", withTrees({ threshold: f64(15.5, 0, 1, 0, 0, 0, 0, 0) })],
  [
    "a numeric node on a category",
    {
      ...FOREST_BUNDLE,
      features: FOREST_BUNDLE.features.with(0, {
        kind: "categorical",
        name: "length",
        categories: ["1"],
      }),
      preprocessor: { imputer: { kind: "none" } },
      profile: FOREST_BUNDLE.profile.with(0, {
        kind: "categorical",
        name: "length",
        count: 6,
        missing: 0,
        values: [],
      }),
    },
  ],
  [
    "coefficients that overlap",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, start: i32(0, 1, 3) } },
  ],
  [
    "a coefficient too few",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, coefficients: f64(1, 2, 3, 4) } },
  ],
  [
    "an infinite coefficient",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, coefficients: f64(1, 2, 3, 4, Infinity) } },
  ],
  ["a scale of 0", { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, scale: f64(0, 0, 2) } }],
  [
    "a scale for a category",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, scale: f64(1, 1, 2) } },
  ],
  ["units that do not start at 0", withNetwork({ unitStart: i32(1, 1, 4, 7) })],
  ["units that go past the last", withNetwork({ unitStart: i32(0, 1, 4, 8) })],
  ["units of no column", withNetwork({ unitStart: i32(0, 1, 4, 6) })],
  ["units that go back", withNetwork({ unitStart: i32(0, 5, 4, 7) })],
  ["units past all", withNetwork({ unitStart: i32(0, 1, 2 ** 31 - 1, 7) })],
  ["a column without units", withNetwork({ unitStart: i32(0, 1, 7) })],
  ["two units of one scale", withNetwork({ unitStart: i32(0, 2, 5, 7) })],
  ["a category without a unit", withNetwork({ unitStart: i32(0, 1, 3, 7) })],
  ["a center too few", withNetwork({ center: f64(1, 0) })],
  ["a scale too many", withNetwork({ scale: f64(1, 0, 0, 0) })],
  ["a scale below 0", withNetwork({ scale: f64(-1, 0, 0) })],
  ["a scale that is missing", withNetwork({ scale: f64(NaN, 0, 0) })],
  ["an infinite scale", withNetwork({ scale: f64(Infinity, 0, 0) })],
  ["an infinite center", withNetwork({ center: f64(Infinity, 0, 0) })],
  ["a center without a scale", withNetwork({ center: f64(26.5, 0, 1) })],
  ["a scale of -0", withNetwork({ scale: f64(12.25, 0, -0) })],
  ["a scaled category", withNetwork({ scale: f64(12.25, 1, 0) })],
  ["values that do not ascend", withNetwork({ unitValue: f64(0, 0, 0, 0, -1, 1, 1) })],
  ["a value that is missing", withNetwork({ unitValue: f64(0, 0, 0, 0, -1, 0, NaN) })],
  ["an infinite value", withNetwork({ unitValue: f64(0, 0, 0, 0, -1, 0, Infinity) })],
  ["a value of a category", withNetwork({ unitValue: f64(0, 0, 1, 0, -1, 0, 1) })],
  ["a value of a scaled column", withNetwork({ unitValue: f64(1, 0, 0, 0, -1, 0, 1) })],
  ["no layers", withNetwork({ layers: [] })],
  ["65 layers", withNetwork({ layers: narrowLayers(65) })],
  ["a layer too few", withNetwork({ layers: NETWORK_MODEL.layers.slice(0, 1) })],
  ["a weight too few", withLayer(0, { weights: f64(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13) })],
  ["a weight too many", withLayer(1, { weights: f64(1, 2, 3) })],
  ["two answers", withLayer(1, { weights: f64(1, 2, 3, 4), bias: f64(0, 0) })],
  ["a layer without outputs", withLayer(0, { weights: f64(), bias: f64() })],
  ["a weight that is missing", withLayer(1, { weights: f64(1, NaN) })],
  ["an infinite weight", withLayer(1, { weights: f64(1, -Infinity) })],
  ["an infinite bias", withLayer(1, { bias: f64(Infinity) })],
  ["a layer whose sums overflow", withLayer(1, { weights: f64(1e290, -1e290) })],
  ["no members", withAverage({ members: [], weights: f64() })],
  [
    "257 members",
    withAverage({
      members: new Array(257).fill(FOREST_MODEL),
      weights: new Float64Array(257).fill(1 / 257),
    }),
  ],
  ["a weight too few for the members", withAverage({ weights: f64(0.5, 0.5) })],
  ["a weight too many for the members", withAverage({ weights: f64(0.25, 0.25, 0.25, 0.25) })],
  ["a weight of 0", withAverage({ weights: f64(0.5, 0, 0.5) })],
  ["a weight below 0", withAverage({ weights: f64(1, 0.5, -0.5) })],
  ["no weight", withAverage({ weights: f64(0.5, 0.5, NaN) })],
  ["an infinite weight of a member", withAverage({ weights: f64(0.5, 0.5, Infinity) })],
  ["weights whose sum is not 1", withAverage({ weights: f64(0.5, 0.125, 0.375 + 2e-9) })],
  [
    "an average of averages",
    withAverage({ members: [AVERAGE_MODEL as unknown as SingleModel], weights: f64(1) }),
  ],
  [
    "a stack in an average",
    withAverage({ members: [STACKING_MODEL as unknown as SingleModel], weights: f64(1) }),
  ],
  [
    "a member that contradicts itself",
    withAverage({
      members: [FOREST_MODEL, { ...LOGISTIC_MODEL, start: i32(0, 1, 3) }, NETWORK_MODEL],
    }),
  ],
  ["a stack of none", withStacking({ members: [], coefficients: f64() })],
  ["a coefficient too few for the members", withStacking({ coefficients: f64(1) })],
  ["no coefficient", withStacking({ coefficients: f64(1, NaN) })],
  ["an infinite coefficient of a member", withStacking({ coefficients: f64(1, -Infinity) })],
  ["coefficients whose sum overflows", withStacking({ coefficients: f64(1e307, -1e307) })],
  [
    "an average in a stack",
    withStacking({ members: [AVERAGE_MODEL as unknown as SingleModel], coefficients: f64(1) }),
  ],
];
