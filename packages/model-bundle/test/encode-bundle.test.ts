import * as fc from "fast-check";
import { SeededRandom } from "@gillnet/entity";
import type { Bundle, FittedInputs } from "../src/bundle.ts";
import { decodeBundle, decodeInputs } from "../src/decode-bundle.ts";
import { encodeBundle, encodeInputs } from "../src/encode-bundle.ts";
import { randomBundle } from "./random-bundle.ts";

const bundles = fc.integer().map((seed) => randomBundle(new SeededRandom(seed)));

test("what is written is read again, whole", () => {
  fc.assert(
    fc.property(bundles, (bundle) => {
      expect(decodeBundle(encodeBundle(bundle))).toStrictEqual(bundle);
    }),
    { numRuns: 300 },
  );
});

test("what is read is written again, byte by byte", () => {
  fc.assert(
    fc.property(bundles, (bundle) => {
      const bytes = encodeBundle(bundle);
      expect(Buffer.from(encodeBundle(decodeBundle(bytes))).equals(bytes)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the same holds for inputs alone, and a bundle's model stays out of them", () => {
  fc.assert(
    fc.property(bundles, (bundle) => {
      const { features, missingMarkers, classes, preprocessor, profile } = bundle;
      const inputs: FittedInputs = { features, missingMarkers, classes, preprocessor, profile };
      const bytes = encodeInputs(bundle);
      expect(decodeInputs(bytes)).toStrictEqual(inputs);
      expect(Buffer.from(encodeInputs(inputs)).equals(bytes)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("the order in which an object was built, and what else it carries, change nothing", () => {
  const bundle = randomBundle(new SeededRandom(3));
  const reversed = reverseKeys({ ...bundle, trainedOn: "Tuesday" }) as Bundle;
  expect(Buffer.from(encodeBundle(reversed)).equals(encodeBundle(bundle))).toBe(true);
});

test("-0 in the header is written as 0", () => {
  const bundle = randomBundle(new SeededRandom(3));
  const inputs = {
    ...bundle,
    features: [{ kind: "numeric", name: "a", minimum: -0 } as const],
    preprocessor: { imputer: { kind: "none" } as const },
    profile: [
      {
        kind: "numeric",
        name: "a",
        count: 1,
        missing: 0,
        minimum: -0,
        maximum: 0,
        mean: -0,
        values: [{ value: -0, count: 1 }],
        quantiles: null,
      } as const,
    ],
  };
  const decoded = decodeInputs(encodeInputs(inputs));
  expect(decoded.features).toEqual([{ kind: "numeric", name: "a", minimum: 0 }]);
  expect(decoded.profile[0]).toMatchObject({
    minimum: 0,
    mean: 0,
    values: [{ value: 0, count: 1 }],
  });
});

test("category words that no node uses are left out", () => {
  const features = [{ kind: "categorical", name: "c", categories: ["a", "b"] } as const];
  const bundle: Bundle = {
    features,
    missingMarkers: [],
    classes: { negative: { name: "no", label: 0 }, positive: { name: "yes", label: 1 } },
    preprocessor: { imputer: { kind: "none" } },
    profile: [{ kind: "categorical", name: "c", count: 2, missing: 0, values: [] }],
    model: {
      kind: "forest",
      trees: {
        roots: Int32Array.of(0),
        feature: Int32Array.of(0, -1, -1),
        threshold: new Float64Array(3),
        left: Int32Array.of(1, -1, -1),
        right: Int32Array.of(2, -1, -1),
        missingLeft: new Uint8Array(3),
        categoryStart: Int32Array.of(1, -1, -1),
        categoryBits: Uint32Array.of(7, 2, 9),
        value: Float64Array.of(0.5, 1, 0),
        cover: Float64Array.of(2, 1, 1),
      },
    },
    calibration: { kind: "none" },
    threshold: 0.5,
  };
  const { model } = decodeBundle(encodeBundle(bundle));
  expect(model).toMatchObject({
    trees: { categoryStart: Int32Array.of(0, -1, -1), categoryBits: Uint32Array.of(2) },
  });
});

function reverseKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(reverseKeys);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reverseKeys(member)]),
  );
}
