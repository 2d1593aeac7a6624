import type { Bundle, InputFeature, KnnImputer } from "../../src/bundle.ts";
import { FOREST_BUNDLE } from "../sample-bundle.ts";

function withImputer(change: Partial<KnnImputer>): Bundle {
  const imputer = FOREST_BUNDLE.preprocessor.imputer as KnnImputer;
  return { ...FOREST_BUNDLE, preprocessor: { imputer: { ...imputer, ...change } } };
}

function withFeature(index: number, feature: InputFeature): Bundle {
  return { ...FOREST_BUNDLE, features: FOREST_BUNDLE.features.with(index, feature) };
}

function withProfile(change: object): Bundle {
  const changed = { ...FOREST_BUNDLE.profile[0], ...change } as Bundle["profile"][number];
  return { ...FOREST_BUNDLE, profile: FOREST_BUNDLE.profile.with(0, changed) };
}

const i32 = (...values: number[]): Int32Array => Int32Array.from(values);
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

/** Inputs, imputers, profiles and thresholds that contradict themselves: the writer must refuse them, and so must the reader. */
export const CONTRADICTORY_INPUTS: readonly (readonly [
  name: string,
  expected: string,
  bundle: Bundle,
])[] = [
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
];
