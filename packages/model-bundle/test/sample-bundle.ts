import type {
  AverageModel,
  BoostingModel,
  Bundle,
  ForestModel,
  LogisticModel,
  NetworkModel,
  StackingModel,
} from "../src/bundle.ts";

// Tree 0: length <= 15.5 ? 0.9 : (country in DE, US ? 0.25 : 0). Tree 1: certificate <= 0 ? 1 : 0.1.
export const FOREST_MODEL: ForestModel = {
  kind: "forest",
  trees: {
    roots: Int32Array.of(0, 5),
    feature: Int32Array.of(0, -1, 1, -1, -1, 2, -1, -1),
    threshold: Float64Array.of(15.5, 0, 0, 0, 0, 0, 0, 0),
    left: Int32Array.of(1, -1, 3, -1, -1, 6, -1, -1),
    right: Int32Array.of(2, -1, 4, -1, -1, 7, -1, -1),
    missingLeft: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0),
    categoryStart: Int32Array.of(-1, -1, 0, -1, -1, -1, -1, -1),
    categoryBits: Uint32Array.of(0b101),
    value: Float64Array.of(0.5, 0.9, 0.1, 0.25, 0, 0.5, 1, 0.1),
    cover: Float64Array.of(6, 3, 3, 2, 1, 6, 3, 3),
  },
};

/** A small bundle with a column of each kind, an imputer and two trees, written out by hand. */
export const FOREST_BUNDLE: Bundle = {
  features: [
    { kind: "numeric", name: "length", minimum: 0 },
    { kind: "categorical", name: "country", categories: ["DE", "NL", "US"] },
    { kind: "numeric", name: "certificate", values: [-1, 0, 1] },
  ],
  missingMarkers: ["NA", "?"],
  classes: {
    negative: { name: "legitimate", label: 1 },
    positive: { name: "phishing", label: -1 },
  },
  preprocessor: {
    imputer: {
      kind: "knn",
      neighbors: 2,
      weights: "distance",
      columns: Int32Array.of(0, 2),
      donors: Float64Array.of(10, -1, 20.5, NaN, 54, 1),
      donorCounts: Float64Array.of(3, 1, 2),
      means: Float64Array.of(26.4, -0.2),
    },
  },
  profile: [
    {
      kind: "numeric",
      name: "length",
      count: 6,
      missing: 0,
      minimum: 10,
      maximum: 54,
      mean: 26.4,
      values: null,
      quantiles: Array.from({ length: 21 }, (_, i) => 10 + i * 2.2),
    },
    {
      kind: "categorical",
      name: "country",
      count: 6,
      missing: 1,
      values: [
        { value: "DE", count: 1 },
        { value: "NL", count: 3 },
        { value: "US", count: 1 },
      ],
    },
    {
      kind: "numeric",
      name: "certificate",
      count: 6,
      missing: 1,
      minimum: -1,
      maximum: 1,
      mean: -0.2,
      values: [
        { value: -1, count: 3 },
        { value: 1, count: 2 },
      ],
      quantiles: null,
    },
  ],
  model: FOREST_MODEL,
  calibration: { kind: "none" },
  threshold: 0.5,
};

export const LOGISTIC_MODEL: LogisticModel = {
  kind: "logistic",
  intercept: -0.25,
  start: Int32Array.of(0, 1, 4),
  coefficients: Float64Array.of(1.5, -0.5, 0.75, 0.125, -2),
  center: Float64Array.of(26.5, 0, 0.5),
  scale: Float64Array.of(12.25, 0, 2),
};

export const LOGISTIC_BUNDLE: Bundle = {
  ...FOREST_BUNDLE,
  preprocessor: { imputer: { kind: "none" } },
  model: LOGISTIC_MODEL,
};

/** The forest's splits with other answers. */
export const BOOSTING_MODEL: BoostingModel = {
  kind: "boosting",
  initial: -0.5,
  scale: 0.75,
  trees: {
    ...FOREST_MODEL.trees,
    value: Float64Array.of(0.25, -1.5, 0.5, 0, 2.25, -0.125, 4, -3),
  },
};

export const BOOSTING_BUNDLE: Bundle = { ...FOREST_BUNDLE, model: BOOSTING_MODEL };

/** Units: length scaled, DE, NL, US, certificate -1, 0, 1. Two hidden outputs. */
export const NETWORK_MODEL: NetworkModel = {
  kind: "network",
  unitStart: Int32Array.of(0, 1, 4, 7),
  center: Float64Array.of(26.5, 0, 0),
  scale: Float64Array.of(12.25, 0, 0),
  unitValue: Float64Array.of(0, 0, 0, 0, -1, 0, 1),
  layers: [
    {
      weights: Float64Array.of(-1.5, 0.5, 0.25, 1, -0.5, 2, 0.75, -1, 1.5, 0, -0.25, 0.5, -2, 1.25),
      bias: Float64Array.of(0.5, -0.25),
    },
    { weights: Float64Array.of(2, -1.5), bias: Float64Array.of(-0.125) },
  ],
};

export const NETWORK_BUNDLE: Bundle = { ...LOGISTIC_BUNDLE, model: NETWORK_MODEL };

export const AVERAGE_MODEL: AverageModel = {
  kind: "average",
  members: [FOREST_MODEL, LOGISTIC_MODEL, NETWORK_MODEL],
  weights: Float64Array.of(0.5, 0.125, 0.375),
};

export const AVERAGE_BUNDLE: Bundle = { ...FOREST_BUNDLE, model: AVERAGE_MODEL };

export const STACKING_MODEL: StackingModel = {
  kind: "stacking",
  members: [FOREST_MODEL, BOOSTING_MODEL],
  intercept: -0.25,
  coefficients: Float64Array.of(0.75, -0.5),
};

export const STACKING_BUNDLE: Bundle = { ...FOREST_BUNDLE, model: STACKING_MODEL };
