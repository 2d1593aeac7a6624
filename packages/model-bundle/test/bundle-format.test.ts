import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SeededRandom } from "@gillnet/entity";
import type { Bundle, InputFeature } from "../src/bundle.ts";
import { encodeBundle, encodeInputs } from "../src/encode-bundle.ts";
import { bundleErrors } from "../src/errors.ts";
import { predictProbabilities } from "../src/predict-probabilities.ts";
import { randomBundle } from "./random-bundle.ts";
import {
  AVERAGE_BUNDLE,
  BOOSTING_BUNDLE,
  FOREST_BUNDLE,
  LOGISTIC_BUNDLE,
  NETWORK_BUNDLE,
  STACKING_BUNDLE,
} from "./sample-bundle.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/bundle-format.md"), "utf8");

// Whoever changes these bytes changes the format: raise FORMAT_VERSION and read the old one still.
test.each([
  [
    "forest",
    encodeBundle(FOREST_BUNDLE),
    "9cfcec3099c2ff1b5ae3350aa47e72ce449183053fe0d3a32d65e59410b825ae",
  ],
  [
    "logistic",
    encodeBundle(LOGISTIC_BUNDLE),
    "06ef8f7e9dd27b9a737596fdc3df96060b1502d4d8bde24e6176511cf493dada",
  ],
  [
    "boosting",
    encodeBundle(BOOSTING_BUNDLE),
    "b72a917d601f0ef501e5005a35ea3b63c129dec8d7f9664b2a1055a3586457a8",
  ],
  [
    "network",
    encodeBundle(NETWORK_BUNDLE),
    "1f4f8863089d120f68ff99ff3397901b4577973d2c80e477f299671685927ac7",
  ],
  [
    "average",
    encodeBundle(AVERAGE_BUNDLE),
    "abc6cadb76452b5346079e052780dea889da94554fc57810bb301e65190a6bdf",
  ],
  [
    "stacking",
    encodeBundle(STACKING_BUNDLE),
    "263218059f0735aabae0c6e1160920ed93d1bab483773ec50548fcffa3172581",
  ],
  [
    "preprocessing",
    encodeInputs(FOREST_BUNDLE),
    "32332b564a259ddf2966d17f5c08a054c3e71c202b7be115fd15a0d6bede3e27",
  ],
])("format 1 writes the %s sample as ever", (_name, bytes, expected) => {
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(expected);
});

test("the page lists every code that reading a file can end in", () => {
  const [, table = ""] = PAGE.split("## Error codes");
  const listed = new Set(table.match(/BUNDLE_[A-Z_]+/g));
  const ofFiles = Object.keys(bundleErrors).filter(
    (code) => code !== "BUNDLE_MANIFEST_BAD" && code !== "BUNDLE_TABLE_COLUMN",
  );
  expect([...listed].sort()).toEqual(ofFiles);
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const testPython = hasPython ? test : test.skip;

describe(`the page's reader in Python${hasPython ? "" : " (skipped: there is no python3)"}`, () => {
  let folder = "";
  let reader = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "gillnet-bundle-"));
    reader = join(folder, "reader.py");
    writeFileSync(reader, /```python\n(.*?)```/s.exec(PAGE)?.[1] ?? "");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const random = new SeededRandom(8);
  const samples: [string, Bundle][] = [
    ["forest", FOREST_BUNDLE],
    ["logistic", LOGISTIC_BUNDLE],
    ["boosting", BOOSTING_BUNDLE],
    ["network", NETWORK_BUNDLE],
    ["average", AVERAGE_BUNDLE],
    ["stacking", STACKING_BUNDLE],
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((i): [string, Bundle] => [
      `random ${i}`,
      randomBundle(random),
    ]),
  ];
  testPython.each(samples)("predicts as Gillnet does: %s", (name, bundle) => {
    const { features, model } = bundle;
    const rows = Array.from({ length: 20 }, () => features.map((each) => cell(random, each)));
    const file = join(folder, `${name}.bundle`);
    writeFileSync(file, encodeBundle(bundle));
    const { stdout, stderr } = spawnSync("python3", [reader, file], {
      input: JSON.stringify(rows),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const matrix = {
      data: Float64Array.from(rows.flat(), (value) => value ?? NaN),
      rows: rows.length,
      cols: features.length,
    };
    const expected = [...predictProbabilities(model, matrix)];
    const actual = JSON.parse(stdout) as number[];
    // A forest's bits are equal; Python's exp may differ in the last one.
    if (model.kind === "forest") expect(actual).toEqual(expected);
    else actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 14));
  });
});

function cell(random: SeededRandom, feature: InputFeature): number | null {
  if (random.integer(4) === 0) return null;
  if (feature.kind === "numeric") return random.integer(5) - 2 + random.integer(2) / 2;
  return feature.categories.length === 0 ? null : random.integer(feature.categories.length);
}
