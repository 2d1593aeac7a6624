import { SeededRandom } from "@gillnet/entity";
import type { Bundle, InputFeature } from "../src/bundle.ts";
import { canonicalJson } from "../src/canonical-json.ts";
import { encodeContainer, HEADER_OFFSET } from "../src/container.ts";
import { decodeBundle, decodeInputs } from "../src/decode-bundle.ts";
import { encodeBundle } from "../src/encode-bundle.ts";
import { bundleMembers } from "../src/list-members.ts";
import { imputerTensors, modelTensors } from "../src/list-tensors.ts";
import { predictProbabilities } from "../src/predict-probabilities.ts";
import { predictRows } from "../src/predict-rows.ts";
import { codeOf } from "./code-of.ts";
import { forge, sign, takeApart } from "./forge.ts";
import { CONTRADICTORY_INPUTS } from "./hostile/contradictory-inputs.ts";
import { CONTRADICTORY_MODELS } from "./hostile/contradictory-models.ts";
import { WRONG_MEMBERS } from "./hostile/wrong-members.ts";
import { WRONG_TENSORS } from "./hostile/wrong-tensors.ts";
import { randomBundle, randomCell } from "./random-bundle.ts";
import {
  AVERAGE_BUNDLE,
  BOOSTING_BUNDLE,
  FOREST_BUNDLE,
  LOGISTIC_BUNDLE,
  NETWORK_BUNDLE,
  STACKING_BUNDLE,
} from "./sample-bundle.ts";

const FOREST = encodeBundle(FOREST_BUNDLE);
describe("a bundle that contradicts itself is neither written nor read", () => {
  test.each(CONTRADICTORY_INPUTS)("%s: %s", (_name, expected, bundle) => {
    expect(codeOf(() => encodeBundle(bundle))).toBe(expected);
    expect(codeOf(() => decodeBundle(writeUnchecked(bundle)))).toMatch(/^BUNDLE_/);
  });

  test.each(CONTRADICTORY_MODELS)("%s: BUNDLE_MODEL_INVALID", (_name, bundle) => {
    expect(codeOf(() => encodeBundle(bundle))).toBe("BUNDLE_MODEL_INVALID");
    expect(codeOf(() => decodeBundle(writeUnchecked(bundle)))).toMatch(/^BUNDLE_/);
  });
});

describe("tensors have one form", () => {
  test.each(WRONG_TENSORS)("%s: %s", (_name, expected, bytes) => {
    expect(codeOf(() => decodeBundle(bytes()))).toBe(expected);
  });
});

test("a bundle is no preprocessing file", () => {
  expect(codeOf(() => decodeInputs(FOREST))).toBe("BUNDLE_KIND");
});

test.each(WRONG_MEMBERS)("%s: BUNDLE_HEADER_MEMBER", (_name, sample, path, value) => {
  const { header, data } = takeApart(encodeBundle(sample));
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
  const files = [
    FOREST_BUNDLE,
    LOGISTIC_BUNDLE,
    BOOSTING_BUNDLE,
    NETWORK_BUNDLE,
    AVERAGE_BUNDLE,
    STACKING_BUNDLE,
    ...Array.from({ length: 30 }, (_, seed) => randomBundle(new SeededRandom(seed))),
  ].map(encodeBundle);
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
