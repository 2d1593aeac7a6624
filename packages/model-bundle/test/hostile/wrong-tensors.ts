import { canonicalJson } from "../../src/canonical-json.ts";
import { encodeContainer } from "../../src/container.ts";
import type { TensorData } from "../../src/container.ts";
import { readElements, sizeOf } from "../../src/dtypes.ts";
import type { Dtype } from "../../src/dtypes.ts";
import { encodeBundle, encodeInputs } from "../../src/encode-bundle.ts";
import { forge, takeApart } from "../forge.ts";
import {
  AVERAGE_BUNDLE,
  FOREST_BUNDLE,
  LOGISTIC_BUNDLE,
  NETWORK_BUNDLE,
  STACKING_BUNDLE,
} from "../sample-bundle.ts";

const FOREST = encodeBundle(FOREST_BUNDLE);
const LOGISTIC = encodeBundle(LOGISTIC_BUNDLE);
const NETWORK = encodeBundle(NETWORK_BUNDLE);
const AVERAGE = encodeBundle(AVERAGE_BUNDLE);
const STACKING = encodeBundle(STACKING_BUNDLE);

/** The file with its tensors changed: by name, undefined to leave one out. */
function withTensors(
  bytes: Uint8Array,
  change: Readonly<Record<string, Partial<TensorData> | undefined>>,
): Uint8Array {
  const { header, data } = takeApart(bytes);
  const tensors = new Map<string, TensorData>(
    header.tensors.map(({ name, dtype, shape, offset, length }) => {
      const values = new Float64Array(length / sizeOf(dtype as Dtype));
      readElements(data, offset, dtype as Dtype, values);
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
export const WRONG_TENSORS: readonly (readonly [
  name: string,
  expected: string,
  bytes: () => Uint8Array,
])[] = [
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
    "a member's columns left out",
    "BUNDLE_TENSOR_MISSING",
    () => withTensors(AVERAGE, { "members.0.trees.feature": undefined }),
  ],
  [
    "a tensor of a member that is not there",
    "BUNDLE_TENSOR_UNKNOWN",
    () => withTensors(AVERAGE, { "members.3.trees.roots": { values: [0] } }),
  ],
  [
    "a tensor of the whole model instead of a member's",
    "BUNDLE_TENSOR_UNKNOWN",
    () => withTensors(AVERAGE, { "trees.roots": { values: [0] } }),
  ],
  [
    "the weights left out",
    "BUNDLE_TENSOR_MISSING",
    () => withTensors(AVERAGE, { "average.weights": undefined }),
  ],
  [
    "weights in two lengths",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(AVERAGE, { "average.weights": { shape: [1, 3] } }),
  ],
  [
    "the coefficients left out",
    "BUNDLE_TENSOR_MISSING",
    () => withTensors(STACKING, { "stacking.coefficients": undefined }),
  ],
  [
    "a layer left out",
    "BUNDLE_TENSOR_MISSING",
    () => withTensors(NETWORK, { "network.layers.1.weights": undefined }),
  ],
  [
    "a layer too many",
    "BUNDLE_TENSOR_UNKNOWN",
    () => withTensors(NETWORK, { "network.layers.2.bias": { values: [0] } }),
  ],
  [
    "weights turned round",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(NETWORK, { "network.layers.0.weights": { shape: [2, 7] } }),
  ],
  [
    "a start too few",
    "BUNDLE_TENSOR_SHAPE",
    () => withTensors(NETWORK, { "network.unitStart": { values: [0, 1, 4] } }),
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
