import { SeededRandom } from "@gillnet/entity";
import type {
  BoostingModel,
  Bundle,
  InputFeature,
  KnnImputer,
  TreeEnsemble,
} from "../src/bundle.ts";
import { canonicalJson } from "../src/canonical-json.ts";
import { encodeContainer, HEADER_OFFSET } from "../src/container.ts";
import type { TensorData } from "../src/container.ts";
import { decodeBundle, decodeInputs } from "../src/decode-bundle.ts";
import { DTYPES } from "../src/dtypes.ts";
import type { Dtype } from "../src/dtypes.ts";
import { encodeBundle, encodeInputs } from "../src/encode-bundle.ts";
import { bundleMembers } from "../src/list-members.ts";
import { imputerTensors, modelTensors } from "../src/list-tensors.ts";
import { predictProbabilities } from "../src/predict-probabilities.ts";
import { predictRows } from "../src/predict-rows.ts";
import { codeOf } from "./code-of.ts";
import { forge, sign, takeApart } from "./forge.ts";
import { randomBundle, randomCell } from "./random-bundle.ts";
import {
  BOOSTING_BUNDLE,
  BOOSTING_MODEL,
  FOREST_BUNDLE,
  LOGISTIC_BUNDLE,
  LOGISTIC_MODEL,
} from "./sample-bundle.ts";

const FOREST = encodeBundle(FOREST_BUNDLE);
const LOGISTIC = encodeBundle(LOGISTIC_BUNDLE);
const BOOSTING = encodeBundle(BOOSTING_BUNDLE);

/** The bundle with some of its trees' arrays replaced. */
function withTrees(change: Partial<TreeEnsemble>): Bundle {
  const { model } = FOREST_BUNDLE;
  if (model.kind !== "forest") throw new Error("the sample is a forest");
  return { ...FOREST_BUNDLE, model: { ...model, trees: { ...model.trees, ...change } } };
}

function withBoosting(change: Partial<BoostingModel>): Bundle {
  return { ...BOOSTING_BUNDLE, model: { ...BOOSTING_MODEL, ...change } };
}

function withScores(...value: number[]): Bundle {
  return withBoosting({ trees: { ...BOOSTING_MODEL.trees, value: f64(...value) } });
}

function withImputer(change: Partial<KnnImputer>): Bundle {
  const imputer = FOREST_BUNDLE.preprocessor.imputer as KnnImputer;
  return { ...FOREST_BUNDLE, preprocessor: { imputer: { ...imputer, ...change } } };
}

function withFeature(index: number, feature: InputFeature): Bundle {
  return { ...FOREST_BUNDLE, features: FOREST_BUNDLE.features.with(index, feature) };
}

const i32 = (...values: number[]): Int32Array => Int32Array.from(values);
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

/** Content that contradicts itself. The writer must refuse it, and so must the reader. */
const CONTRADICTIONS: readonly (readonly [name: string, expected: string, bundle: Bundle])[] = [
  ["no features", "BUNDLE_INPUTS_INVALID", { ...FOREST_BUNDLE, features: [] }],
  [
    "two features of one name",
    "BUNDLE_INPUTS_INVALID",
    withFeature(2, { kind: "numeric", name: "length" }),
  ],
  [
    "categories unsorted",
    "BUNDLE_INPUTS_INVALID",
    withFeature(1, { kind: "categorical", name: "country", categories: ["NL", "DE", "US"] }),
  ],
  [
    "a category twice",
    "BUNDLE_INPUTS_INVALID",
    withFeature(1, { kind: "categorical", name: "country", categories: ["DE", "DE", "US"] }),
  ],
  [
    "an allowed value twice",
    "BUNDLE_INPUTS_INVALID",
    withFeature(2, { kind: "numeric", name: "certificate", values: [1, 1] }),
  ],
  [
    "no value allowed",
    "BUNDLE_INPUTS_INVALID",
    withFeature(2, { kind: "numeric", name: "certificate", values: [] }),
  ],
  [
    "an empty range",
    "BUNDLE_INPUTS_INVALID",
    withFeature(0, { kind: "numeric", name: "length", minimum: 2, maximum: 1 }),
  ],
  [
    "a missing marker twice",
    "BUNDLE_INPUTS_INVALID",
    { ...FOREST_BUNDLE, missingMarkers: ["?", "?"] },
  ],
  [
    "a class without a name",
    "BUNDLE_INPUTS_INVALID",
    { ...FOREST_BUNDLE, classes: { ...FOREST_BUNDLE.classes, negative: { name: "", label: 1 } } },
  ],
  [
    "two classes of one label",
    "BUNDLE_INPUTS_INVALID",
    { ...FOREST_BUNDLE, classes: { ...FOREST_BUNDLE.classes, negative: { name: "a", label: -1 } } },
  ],
  ["no neighbors", "BUNDLE_IMPUTER_INVALID", withImputer({ neighbors: 0 })],
  ["imputer columns that descend", "BUNDLE_IMPUTER_INVALID", withImputer({ columns: i32(2, 0) })],
  ["an imputer column past the end", "BUNDLE_IMPUTER_INVALID", withImputer({ columns: i32(0, 3) })],
  ["a negative imputer column", "BUNDLE_IMPUTER_INVALID", withImputer({ columns: i32(-1, 2) })],
  ["imputing categories", "BUNDLE_IMPUTER_INVALID", withImputer({ columns: i32(0, 1) })],
  ["too few means", "BUNDLE_IMPUTER_INVALID", withImputer({ means: f64(1) })],
  ["a mean that is missing", "BUNDLE_IMPUTER_INVALID", withImputer({ means: f64(1, NaN) })],
  ["a donor of no rows", "BUNDLE_IMPUTER_INVALID", withImputer({ donorCounts: f64(3, 0, 2) })],
  ["a donor of half a row", "BUNDLE_IMPUTER_INVALID", withImputer({ donorCounts: f64(3, 0.5, 2) })],
  [
    "an infinite donor",
    "BUNDLE_IMPUTER_INVALID",
    withImputer({ donors: f64(1, 2, 3, 4, 5, Infinity) }),
  ],
  ["no profile", "BUNDLE_PROFILE_INVALID", { ...FOREST_BUNDLE, profile: [] }],
  [
    "a profile in another order",
    "BUNDLE_PROFILE_INVALID",
    { ...FOREST_BUNDLE, profile: FOREST_BUNDLE.profile.toReversed() },
  ],
  ["negative weight in the profile", "BUNDLE_PROFILE_INVALID", withProfile({ count: -1 })],
  ["three quantiles", "BUNDLE_PROFILE_INVALID", withProfile({ quantiles: [1, 2, 3] })],
  [
    "quantiles that descend",
    "BUNDLE_PROFILE_INVALID",
    withProfile({ quantiles: Array.from({ length: 21 }, (_, i) => -i) }),
  ],
  [
    "profile values that descend",
    "BUNDLE_PROFILE_INVALID",
    withProfile({ values: [2, 1].map((value) => ({ value, count: 1 })), quantiles: null }),
  ],
  [
    "33 profile values",
    "BUNDLE_PROFILE_INVALID",
    withProfile({ values: Array.from({ length: 33 }, (_, value) => ({ value, count: 1 })) }),
  ],
  [
    "a category twice in the profile",
    "BUNDLE_PROFILE_INVALID",
    {
      ...FOREST_BUNDLE,
      profile: FOREST_BUNDLE.profile.with(1, {
        kind: "categorical",
        name: "country",
        count: 2,
        missing: 0,
        values: ["DE", "DE"].map((value) => ({ value, count: 1 })),
      }),
    },
  ],
  ["a threshold above 1", "BUNDLE_THRESHOLD_INVALID", { ...FOREST_BUNDLE, threshold: 1.5 }],
  ["a threshold below 0", "BUNDLE_THRESHOLD_INVALID", { ...FOREST_BUNDLE, threshold: -0.1 }],
  ["no trees", "BUNDLE_MODEL_INVALID", withTrees({ roots: i32() })],
  ["a first tree that is not first", "BUNDLE_MODEL_INVALID", withTrees({ roots: i32(1, 5) })],
  ["a tree past the end", "BUNDLE_MODEL_INVALID", withTrees({ roots: i32(0, 8) })],
  ["a tree in another", "BUNDLE_MODEL_INVALID", withTrees({ roots: i32(0, 2) })],
  ["a tree twice", "BUNDLE_MODEL_INVALID", withTrees({ roots: i32(0, 0) })],
  ["two trees called one", "BUNDLE_MODEL_INVALID", withTrees({ roots: i32(0) })],
  [
    "a node that is its own child",
    "BUNDLE_MODEL_INVALID",
    withTrees({ left: i32(0, -1, 3, -1, -1, 6, -1, -1) }),
  ],
  [
    "a child before its parent",
    "BUNDLE_MODEL_INVALID",
    withTrees({ left: i32(1, -1, 0, -1, -1, 6, -1, -1) }),
  ],
  [
    "a child in the next tree",
    "BUNDLE_MODEL_INVALID",
    withTrees({ right: i32(2, -1, 6, -1, -1, 7, -1, -1) }),
  ],
  [
    "a child past the end",
    "BUNDLE_MODEL_INVALID",
    withTrees({ right: i32(2, -1, 4, -1, -1, 8, -1, -1) }),
  ],
  [
    "two parents of one child",
    "BUNDLE_MODEL_INVALID",
    withTrees({ right: i32(2, -1, 3, -1, -1, 7, -1, -1) }),
  ],
  [
    "an input past the last",
    "BUNDLE_MODEL_INVALID",
    withTrees({ feature: i32(3, -1, 1, -1, -1, 2, -1, -1) }),
  ],
  [
    "an input before the first",
    "BUNDLE_MODEL_INVALID",
    withTrees({ feature: i32(-2, -1, 1, -1, -1, 2, -1, -1) }),
  ],
  [
    "a threshold that is missing",
    "BUNDLE_MODEL_INVALID",
    withTrees({ threshold: f64(NaN, 0, 0, 0, 0, 0, 0, 0) }),
  ],
  [
    "a leaf with a threshold",
    "BUNDLE_MODEL_INVALID",
    withTrees({ threshold: f64(15.5, 1, 0, 0, 0, 0, 0, 0) }),
  ],
  ["a share above 1", "BUNDLE_MODEL_INVALID", withTrees({ value: f64(0, 1.1, 0, 0, 0, 0, 0, 0) })],
  ["a share below 0", "BUNDLE_MODEL_INVALID", withTrees({ value: f64(0, -0.1, 0, 0, 0, 0, 0, 0) })],
  ["no share", "BUNDLE_MODEL_INVALID", withTrees({ value: f64(0, NaN, 0, 0, 0, 0, 0, 0) })],
  ["a scale of 0", "BUNDLE_MODEL_INVALID", withBoosting({ scale: 0 })],
  ["a scale below 0", "BUNDLE_MODEL_INVALID", withBoosting({ scale: -1 })],
  ["an infinite score", "BUNDLE_MODEL_INVALID", withScores(0, 0, 0, 0, 0, 0, 0, Infinity)],
  ["no score", "BUNDLE_MODEL_INVALID", withScores(0, 0, 0, 0, 0, 0, 0, NaN)],
  [
    "scores whose sum overflows",
    "BUNDLE_MODEL_INVALID",
    withScores(0, 1.7e308, 0, 0, 0, 0, -1.7e308, 0),
  ],
  [
    "scores that overflow when scaled",
    "BUNDLE_MODEL_INVALID",
    withBoosting({
      scale: 1e10,
      trees: { ...BOOSTING_MODEL.trees, value: f64(0, 1e300, 0, 0, 0, 0, 0, 0) },
    }),
  ],
  [
    "boosting whose trees are none",
    "BUNDLE_MODEL_INVALID",
    withBoosting({ trees: { ...BOOSTING_MODEL.trees, roots: i32(0, 0) } }),
  ],
  ["no cover", "BUNDLE_MODEL_INVALID", withTrees({ cover: f64(6, 3, 3, 2, 1, 6, 3, 0) })],
  [
    "missing cells that go neither way",
    "BUNDLE_MODEL_INVALID",
    withTrees({ missingLeft: Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0) }),
  ],
  [
    "a bit past the last category",
    "BUNDLE_MODEL_INVALID",
    withTrees({ categoryBits: Uint32Array.of(0b1101) }),
  ],
  [
    "a categorical node with a threshold",
    "BUNDLE_MODEL_INVALID",
    withTrees({ threshold: f64(15.5, 0, 1, 0, 0, 0, 0, 0) }),
  ],
  [
    "a numeric node on a category",
    "BUNDLE_MODEL_INVALID",
    {
      ...withFeature(0, { kind: "categorical", name: "length", categories: ["1"] }),
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
    "BUNDLE_MODEL_INVALID",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, start: i32(0, 1, 3) } },
  ],
  [
    "a coefficient too few",
    "BUNDLE_MODEL_INVALID",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, coefficients: f64(1, 2, 3, 4) } },
  ],
  [
    "an infinite coefficient",
    "BUNDLE_MODEL_INVALID",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, coefficients: f64(1, 2, 3, 4, Infinity) } },
  ],
  [
    "a scale of 0",
    "BUNDLE_MODEL_INVALID",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, scale: f64(0, 0, 2) } },
  ],
  [
    "a scale for a category",
    "BUNDLE_MODEL_INVALID",
    { ...LOGISTIC_BUNDLE, model: { ...LOGISTIC_MODEL, scale: f64(1, 1, 2) } },
  ],
];

function withProfile(change: object): Bundle {
  const changed = { ...FOREST_BUNDLE.profile[0], ...change } as Bundle["profile"][number];
  return { ...FOREST_BUNDLE, profile: FOREST_BUNDLE.profile.with(0, changed) };
}

describe("a bundle that contradicts itself is neither written nor read", () => {
  test.each(CONTRADICTIONS)("%s: %s", (_name, expected, bundle) => {
    expect(codeOf(() => encodeBundle(bundle))).toBe(expected);
    expect(codeOf(() => decodeBundle(writeUnchecked(bundle)))).toMatch(/^BUNDLE_/);
  });
});

/** The file with its tensors changed: by name, undefined to leave one out. */
function withTensors(
  bytes: Uint8Array,
  change: Readonly<Record<string, Partial<TensorData> | undefined>>,
): Uint8Array {
  const { header, data } = takeApart(bytes);
  const view = new DataView(data.buffer);
  const tensors = new Map<string, TensorData>(
    header.tensors.map(({ name, dtype, shape, offset, length }) => {
      const { size, get } = DTYPES[dtype as Dtype];
      const values = Array.from({ length: length / size }, (_, i) => get(view, offset + i * size));
      return [name, { name, dtype: dtype as Dtype, shape, values }];
    }),
  );
  for (const [name, tensor] of Object.entries(change)) {
    if (tensor === undefined) tensors.delete(name);
    else {
      const before = tensors.get(name) ?? { name, dtype: "u8", shape: [0], values: [] };
      const after = { ...before, ...tensor };
      const shape = tensor.shape ?? (tensor.values ? [tensor.values.length] : before.shape);
      tensors.set(name, { ...after, shape });
    }
  }
  return encodeContainer("bundle", header.members, [...tensors.values()]);
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

/** Tensors that do not fit the model, or are written otherwise than the format says. */
const FORMS: readonly (readonly [name: string, expected: string, bytes: () => Uint8Array])[] = [
  [
    "the trees' columns left out",
    "BUNDLE_TENSOR_MISSING",
    () => withTensors(FOREST, { "trees.feature": undefined }),
  ],
  [
    "the shares' table left out",
    "BUNDLE_TENSOR_MISSING",
    () => withTensors(FOREST, { "trees.value.table": undefined }),
  ],
  [
    "a tensor of another model",
    "BUNDLE_TENSOR_UNKNOWN",
    () => withTensors(LOGISTIC, { "trees.roots": { values: [0] } }),
  ],
  [
    "a tensor for nothing",
    "BUNDLE_TENSOR_UNKNOWN",
    () => withTensors(FOREST, { "a.program": { values: [1] } }),
  ],
  [
    "a share too few",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(FOREST, { "trees.cover": { values: [1, 2, 3, 4, 5, 6, 7] } }),
  ],
  [
    "donors in one length",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(FOREST, { "imputer.donors": { shape: [6] } }),
  ],
  [
    "columns in two lengths",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(FOREST, { "imputer.columns": { shape: [1, 2] } }),
  ],
  [
    "a category word too many",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(FOREST, { "trees.categoryBits": { values: [5, 5] } }),
  ],
  [
    "integers wider than needed",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.roots": { dtype: "u16" } }),
  ],
  [
    "integers signed without need",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.roots": { dtype: "i8" } }),
  ],
  [
    "integers as doubles",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.roots": { dtype: "f64" } }),
  ],
  [
    "whole doubles as doubles",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.cover": { dtype: "f64" } }),
  ],
  [
    "whole doubles wider than needed",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.cover": { dtype: "u16" } }),
  ],
  [
    "a table where doubles are smaller",
    "BUNDLE_TENSOR_FORM",
    () =>
      withTensors(FOREST, {
        "trees.value": undefined,
        "trees.value.table": { dtype: "f64", values: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] },
        "trees.value.index": { values: [0, 1, 2, 3, 4, 5, 6, 7] },
      }),
  ],
  [
    "a table entry that nothing uses",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.value.index": { values: [2, 2, 2, 2, 2, 2, 2, 2] } }),
  ],
  [
    "an index past its table",
    "BUNDLE_TENSOR_VALUE",
    () => withTensors(FOREST, { "trees.value.index": { values: [9, 1, 2, 3, 4, 5, 0, 0] } }),
  ],
  [
    "a table that descends",
    "BUNDLE_TENSOR_VALUE",
    () => withTensors(FOREST, { "trees.value.table": { values: [1, 0.9, 0.5, 0.25, 0.1, 0] } }),
  ],
  [
    "zeros written out",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "trees.missingLeft": { values: zeros(8) } }),
  ],
  [
    "thresholds of zero written out",
    "BUNDLE_TENSOR_FORM",
    () =>
      withTensors(FOREST, {
        "trees.threshold": { dtype: "u8", values: zeros(8) },
        "trees.threshold.index": undefined,
        "trees.threshold.table": undefined,
      }),
  ],
  ["a NaN of foreign bits", "BUNDLE_TENSOR_VALUE", () => foreignNaN()],
  [
    "an integer past 2^31",
    "BUNDLE_TENSOR_VALUE",
    () => withTensors(FOREST, { "trees.roots": { dtype: "u32", values: [0, 2 ** 32 - 1] } }),
  ],
  [
    "half a donor column",
    "BUNDLE_TENSOR_FORM",
    () => withTensors(FOREST, { "imputer.columns": { dtype: "f64", values: [0, 1.5] } }),
  ],
  [
    "a leaf with a gap",
    "BUNDLE_MODEL_INVALID",
    () => withTensors(FOREST, { "trees.rightGap": { values: [1, 1, 1, 0, 0, 1, 0, 0] } }),
  ],
  ["inputs instead of a bundle", "BUNDLE_KIND", () => encodeInputs(FOREST_BUNDLE)],
];

/** A donor's NaN with one more bit set. */
function foreignNaN(): Uint8Array {
  const { header, data } = takeApart(FOREST);
  const at = header.tensors.find(({ name }) => name === "imputer.donors")?.offset ?? 0;
  const view = new DataView(data.buffer);
  for (let offset = at; offset < at + 48; offset += 8) {
    if (Number.isNaN(view.getFloat64(offset, true))) data[offset] = 1;
  }
  return forge(canonicalJson(header), data);
}

describe("tensors have one form", () => {
  test.each(FORMS)("%s: %s", (_name, expected, bytes) => {
    expect(codeOf(() => decodeBundle(bytes()))).toBe(expected);
  });
});

test("a bundle is no preprocessing file", () => {
  expect(codeOf(() => decodeInputs(FOREST))).toBe("BUNDLE_KIND");
});

/** Places in the header, and what must not stand there. */
const MEMBERS: readonly (readonly [string, string, unknown])[] = [
  ["an unknown member", "members.program", "rm"],
  ["an unknown model", "members.model.kind", "pickle"],
  ["an unknown member of the model", "members.model.code", "1"],
  ["a scale on a forest", "members.model.scale", 1],
  ["an unknown calibration", "members.calibration.kind", "isotonic"],
  ["an unknown imputer", "members.preprocessor.imputer.kind", "mean"],
  ["unknown weights", "members.preprocessor.imputer.weights", "cubic"],
  ["half a neighbor", "members.preprocessor.imputer.neighbors", 1.5],
  ["an unknown kind of feature", "members.features.0.kind", "image"],
  ["a feature named by a number", "members.features.0.name", 3],
  ["a minimum that is text", "members.features.0.minimum", "0"],
  ["categories on a numeric feature", "members.features.0.categories", []],
  ["categories that are numbers", "members.features.1.categories", [1]],
  ["markers that are no list", "members.missingMarkers", "NA"],
  ["a label that is true", "members.classes.positive.label", true],
  ["a third class", "members.classes.neutral", { name: "x", label: 0 }],
  ["a profile of a third kind", "members.profile.0.kind", "image"],
  ["a count that is text", "members.profile.0.count", "6"],
  ["quantiles that are text", "members.profile.0.quantiles", "none"],
  ["a threshold that is null", "members.threshold", null],
];

test.each(MEMBERS)("%s: BUNDLE_HEADER_MEMBER", (_name, path, value) => {
  const { header, data } = takeApart(FOREST);
  const steps = path.split(".");
  let target = header as unknown as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) target = target[step] as Record<string, unknown>;
  target[steps.at(-1) as string] = value;
  expect(codeOf(() => decodeBundle(forge(canonicalJson(header), data)))).toBe(
    "BUNDLE_HEADER_MEMBER",
  );
});

test("a message names the place, the value and what must stand there", () => {
  const { header, data } = takeApart(FOREST);
  Object.assign((header.members.features as object[])[1] ?? {}, { kind: "image" });
  expect(() => decodeBundle(forge(canonicalJson(header), data))).toThrow(
    "features[1].kind must be 'numeric' or 'categorical', got \"image\"",
  );
});

test("2,000 damaged files whose checksum is right are refused, or predict probabilities", () => {
  const random = new SeededRandom(20);
  const seeds = Array.from({ length: 20 }, (_, seed) => randomBundle(new SeededRandom(seed)));
  const files = [FOREST, LOGISTIC, BOOSTING, ...seeds.map(encodeBundle)];
  let refused = 0;
  for (let i = 0; i < 2000; i++) {
    const bytes = damage(files[random.integer(files.length)] as Uint8Array, random);
    let bundle: Bundle;
    try {
      bundle = decodeBundle(bytes);
    } catch (error) {
      expect(error).toMatchObject({
        name: "PipelineError",
        code: expect.stringMatching(/^BUNDLE_/),
      });
      refused++;
      continue;
    }
    expect(Buffer.from(encodeBundle(bundle)).equals(bytes)).toBe(true);
    expectProbabilities(bundle, random);
  }
  // Most damage shows; some only makes another model.
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(2000);
});

/** Flips, sets, cuts or repeats a few bytes anywhere, then sets lengths and checksum right. */
function damage(file: Uint8Array, random: SeededRandom): Uint8Array {
  const dataStart = file.length - takeApart(file).data.length;
  const start = [0, HEADER_OFFSET, dataStart, dataStart][random.integer(4)] as number;
  let bytes = file.slice();
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const at = start + random.integer(Math.max(1, bytes.length - start));
    switch (random.integer(8)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes = Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - 8)));
        break;
      case 2:
        bytes[at] = random.integer(256);
        break;
      default:
        bytes[at] = (bytes[at] as number) ^ (1 << random.integer(8));
    }
    if (bytes.length <= HEADER_OFFSET) return bytes;
  }
  new DataView(bytes.buffer).setBigUint64(16, BigInt(bytes.length), true);
  return sign(bytes);
}

function expectProbabilities(bundle: Bundle, random: SeededRandom): void {
  const { features } = bundle;
  const cells = Float64Array.from({ length: 8 * features.length }, (_, i) => {
    const feature = features[i % features.length] as InputFeature;
    if (random.integer(4) === 0) return NaN;
    if (feature.kind === "numeric") return (random.uniform() - 0.5) * 10 ** random.integer(300);
    return feature.categories.length === 0 ? NaN : random.integer(feature.categories.length);
  });
  const matrix = { data: cells, rows: 8, cols: features.length };
  for (const probability of predictProbabilities(bundle.model, matrix)) {
    expect(probability >= 0 && probability <= 1).toBe(true);
  }
  const rows = Array.from({ length: 4 }, () =>
    Object.fromEntries(features.map((each) => [each.name, randomCell(random, each)])),
  );
  for (const { probability, problems } of predictRows(bundle, rows)) {
    const fatal = problems.some((problem) => problem.fatal);
    expect(fatal ? probability === null : Number(probability) >= 0).toBe(true);
  }
}

/** The bundle's file, written as the encoder would if it checked nothing. */
function writeUnchecked(bundle: Bundle): Uint8Array {
  return encodeContainer("bundle", bundleMembers(bundle), [
    ...imputerTensors(bundle.preprocessor.imputer),
    ...modelTensors(bundle.model, bundle.features),
  ]);
}
