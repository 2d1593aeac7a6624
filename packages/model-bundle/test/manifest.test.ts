import { parseManifest } from "../src/manifest.ts";
import type { Manifest } from "../src/manifest.ts";
import { codeOf } from "./code-of.ts";

const HASH = "0123456789abcdef".repeat(4);
const share = { value: 0.95, low: 0.94, high: 0.96 };

const MANIFEST: Manifest = {
  format: 1,
  name: "phishing",
  version: 3,
  publishedAt: "2026-11-22T14:22:10.000Z",
  bundle: { file: "model.bundle", sha256: HASH, bytes: 3_257_528 },
  source: { kind: "uci", name: "UCI 327", synthetic: false },
  data: {
    fingerprint: HASH,
    rows: 11055,
    distinctVectors: 5785,
    duplicateRows: 5206,
    conflictingRows: 90,
  },
  split: {
    by: "vector",
    testShare: 0.2,
    trainRows: 8844,
    testRows: 2211,
    trainGroups: 4628,
    testGroups: 1157,
    leakedTestRows: 0,
  },
  model: {
    family: "random_forest",
    params: { n_estimators: 256, criterion: "gini", bootstrap: true, max_depth: null },
  },
  metrics: {
    test: {
      accuracy: share,
      precision: share,
      recall: share,
      f1: share,
      falsePositiveRate: share,
      rocAuc: share,
      logLoss: share,
    },
    protocol: "On 2,211 rows whose vectors were never seen in training",
    negativeAsPositive: { precision: 0.95, recall: 0.96, f1: 0.955 },
  },
  gates: [
    { name: "accuracy", passed: true, value: 0.95, bound: 0.9 },
    { name: "source is real", passed: true, value: true, bound: null },
  ],
  run: "2026-11-22-142210",
  seed: 42,
  gitCommit: "a".repeat(40),
  lockfileSha256: null,
  node: "20.20.2",
  files: { "model.onnx": HASH, "data/sample.csv": HASH },
  classes: {
    negative: { name: "legitimate", label: 1 },
    positive: { name: "phishing", label: -1 },
  },
  features: ["SSLfinal_State", "URL_Length"],
};

test("reads what was written", () => {
  expect(parseManifest(JSON.stringify(MANIFEST, null, 2))).toStrictEqual(MANIFEST);
});

test("leaves out what it does not know", () => {
  const newer = { ...MANIFEST, colour: "blue", data: { ...MANIFEST.data, columns: 31 } };
  expect(parseManifest(JSON.stringify(newer))).toStrictEqual(MANIFEST);
});

test.each<[string, unknown, string]>([
  ["format", 2, "manifest.format must be 1, the format that this version of Gillnet reads, got 2"],
  ["version", 0, "manifest.version must be a whole number of at least 1, got 0"],
  ["publishedAt", "yesterday", "manifest.publishedAt must be a time in UTC"],
  ["publishedAt", "2026-13-45T99:99:99Z", "manifest.publishedAt must be a time in UTC"],
  ["bundle.file", "../secret", "manifest.bundle.file must be a path inside the bundle's folder"],
  ["bundle.file", "/etc/passwd", "manifest.bundle.file must be a path inside the bundle's folder"],
  ["bundle.file", "a\\b", "manifest.bundle.file must be a path inside the bundle's folder"],
  ["bundle.file", "C:", "manifest.bundle.file must be a path inside the bundle's folder"],
  ["bundle.sha256", HASH.toUpperCase(), "manifest.bundle.sha256 must be a SHA-256"],
  ["bundle.bytes", 1.5, "manifest.bundle.bytes must be a whole number"],
  ["source.kind", "ftp", "manifest.source.kind must be 'csv' or"],
  ["data.rows", "11055", "manifest.data.rows must be a whole number"],
  ["split.by", "luck", "manifest.split.by must be"],
  ["model.params.depth", [1], "manifest.model.params.depth must be a finite number, got a list"],
  ["metrics.test.recall", 0.5, "manifest.metrics.test.recall must be an object"],
  ["metrics.test.recall.low", null, "manifest.metrics.test.recall.low must be a finite number"],
  ["gates.0.passed", "yes", "manifest.gates[0].passed must be true or false"],
  ["gitCommit", 7, "manifest.gitCommit must be text"],
  ["lockfileSha256", "abc", "manifest.lockfileSha256 must be a SHA-256"],
  ["files", { "../x": HASH }, "manifest.files.../x must be named by a path inside"],
  ["classes.positive.label", true, "manifest.classes.positive.label must be text"],
  ["features", "all", "manifest.features must be a list"],
  ["run", undefined, "manifest must be an object with the member 'run'"],
])("%s: %j", (path, value, message) => {
  const changed = JSON.parse(JSON.stringify(MANIFEST)) as Record<string, unknown>;
  const steps = path.split(".");
  let target = changed;
  for (const step of steps.slice(0, -1)) target = target[step] as Record<string, unknown>;
  target[steps.at(-1) as string] = value;
  const text = JSON.stringify(changed);
  expect(codeOf(() => parseManifest(text))).toBe("BUNDLE_MANIFEST_BAD");
  expect(() => parseManifest(text)).toThrow(message);
});

test.each(["", "{", "null", "[]", "3"])("%j is no manifest", (text) => {
  expect(codeOf(() => parseManifest(text))).toBe("BUNDLE_MANIFEST_BAD");
});
