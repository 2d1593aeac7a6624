import { bundleError } from "./bundle-error.ts";
import type { CheckedJson } from "./checked-json.ts";
import type { Bundle, FeatureProfile, FittedInputs, Imputer, InputFeature } from "./bundle.ts";
import { DEFAULT_LIMITS } from "./container.ts";
import type { BundleLimits, ContainerKind } from "./container.ts";
import { decodeContainer } from "./decode-container.ts";
import { ArrayReader } from "./array-reader.ts";
import { readClass } from "./read-class.ts";
import { readModel } from "./read-model.ts";
import { validateInputs } from "./validate-inputs.ts";
import { validateModel } from "./validate-model.ts";
import { validateThreshold } from "./validate-threshold.ts";

/**
 * Reads a `model.bundle` file. Executes nothing, believes nothing: whatever the bytes, it returns a bundle
 * whose predictions end and are probabilities, or throws. The bundle's arrays are its own; `bytes` is not
 * kept. `encodeBundle` of the result gives the same bytes.
 *
 * @throws PipelineError BUNDLE_...: one code for each way in which a file can lie; docs/bundle-format.md lists them.
 */
export function decodeBundle(bytes: Uint8Array, limits: BundleLimits = {}): Bundle {
  const { members, arrays } = open(bytes, limits, "bundle");
  members.allow(...INPUT_MEMBERS, "model", "calibration", "threshold");
  const inputs = readInputs(members, arrays);
  const model = readModel(members.member("model"), arrays, inputs.features);
  const calibration = members.member("calibration").allow("kind");
  const threshold = members.member("threshold").number();
  arrays.finish();
  validateInputs(inputs);
  validateModel(model, inputs.features);
  validateThreshold(threshold);
  return {
    ...inputs,
    model,
    calibration: { kind: calibration.member("kind").oneOf("none") },
    threshold,
  };
}

/**
 * Reads a `preprocessing` file.
 *
 * @throws PipelineError as decodeBundle.
 */
export function decodeInputs(bytes: Uint8Array, limits: BundleLimits = {}): FittedInputs {
  const { members, arrays } = open(bytes, limits, "inputs");
  members.allow(...INPUT_MEMBERS);
  const inputs = readInputs(members, arrays);
  arrays.finish();
  validateInputs(inputs);
  return inputs;
}

const INPUT_MEMBERS = ["features", "missingMarkers", "classes", "preprocessor", "profile"];

function open(
  bytes: Uint8Array,
  limits: BundleLimits,
  kind: ContainerKind,
): { readonly members: CheckedJson; readonly arrays: ArrayReader } {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const container = decodeContainer(bytes, all);
  if (container.kind !== kind) {
    throw bundleError(
      "BUNDLE_KIND",
      `The file holds ${NAME_OF_KIND[container.kind]}, expected ${NAME_OF_KIND[kind]}`,
    );
  }
  return {
    members: container.members,
    arrays: new ArrayReader(container, all.maxUnpackedBytes),
  };
}

const NAME_OF_KIND: Readonly<Record<ContainerKind, string>> = {
  bundle: "a whole model",
  inputs: "preprocessing alone",
};

function readInputs(members: CheckedJson, arrays: ArrayReader): FittedInputs {
  const classes = members.member("classes").allow("negative", "positive");
  const preprocessor = members.member("preprocessor").allow("imputer");
  return {
    features: members.member("features").items().map(readFeature),
    missingMarkers: readTexts(members.member("missingMarkers")),
    classes: {
      negative: readClass(classes.member("negative").allow("name", "label")),
      positive: readClass(classes.member("positive").allow("name", "label")),
    },
    preprocessor: { imputer: readImputer(preprocessor.member("imputer"), arrays) },
    profile: members.member("profile").items().map(readProfile),
  };
}

function readFeature(json: CheckedJson): InputFeature {
  const kind = json.member("kind").oneOf("numeric", "categorical");
  const name = json.member("name").string();
  const values = json.optional("values");
  if (kind === "numeric") {
    json.allow("kind", "name", "values", "minimum", "maximum");
    const minimum = json.optional("minimum")?.number();
    const maximum = json.optional("maximum")?.number();
    return {
      kind,
      name,
      ...(values && { values: readNumbers(values) }),
      ...(minimum !== undefined && { minimum }),
      ...(maximum !== undefined && { maximum }),
    };
  }
  json.allow("kind", "name", "categories", "values");
  return {
    kind,
    name,
    categories: readTexts(json.member("categories")),
    ...(values && { values: readTexts(values) }),
  };
}

function readImputer(json: CheckedJson, arrays: ArrayReader): Imputer {
  const kind = json.member("kind").oneOf("none", "knn");
  if (kind === "none") {
    json.allow("kind");
    return { kind };
  }
  json.allow("kind", "neighbors", "weights");
  const columns = arrays.integers(Int32Array, "imputer.columns");
  const donorCounts = arrays.doubles("imputer.donorCounts");
  return {
    kind,
    neighbors: json.member("neighbors").integer(1),
    weights: json.member("weights").oneOf("uniform", "distance"),
    columns,
    donors: arrays.doubles("imputer.donors", [donorCounts.length, columns.length]),
    donorCounts,
    means: arrays.doubles("imputer.means", [columns.length]),
  };
}

function readProfile(json: CheckedJson): FeatureProfile {
  const kind = json.member("kind").oneOf("numeric", "categorical");
  const name = json.member("name").string();
  const count = json.member("count").number();
  const missing = json.member("missing").number();
  const values = json.member("values");
  if (kind === "categorical") {
    json.allow("kind", "name", "count", "missing", "values");
    return {
      kind,
      name,
      count,
      missing,
      values: readCounts(values, (value) => value.string()),
    };
  }
  const quantiles = json.member("quantiles");
  json.allow(
    "kind",
    "name",
    "count",
    "missing",
    "minimum",
    "maximum",
    "mean",
    "values",
    "quantiles",
  );
  return {
    kind,
    name,
    count,
    missing,
    minimum: json.member("minimum").orNull((value) => value.number()),
    maximum: json.member("maximum").orNull((value) => value.number()),
    mean: json.member("mean").orNull((value) => value.number()),
    values: values.orNull((list) => readCounts(list, (value) => value.number())),
    quantiles: quantiles.orNull(readNumbers),
  };
}

function readCounts<T>(
  json: CheckedJson,
  read: (value: CheckedJson) => T,
): readonly { readonly value: T; readonly count: number }[] {
  return json.items().map((item) => {
    item.allow("value", "count");
    return { value: read(item.member("value")), count: item.member("count").number() };
  });
}

function readTexts(json: CheckedJson): readonly string[] {
  return json.items().map((item) => item.string());
}

function readNumbers(json: CheckedJson): readonly number[] {
  return json.items().map((item) => item.number());
}
