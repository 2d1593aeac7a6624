import type {
  ClassificationScores,
  Estimate,
  SourceDescription,
  SplitDescription,
} from "@gillnet/entity";
import { bundleError } from "./bundle-error.ts";
import type { BundleClass } from "./bundle.ts";
import { CheckedJson } from "./checked-json.ts";
import { readClass } from "./read-class.ts";

/** What a publish gate asked, and what it got. */
export interface GateVerdict {
  readonly name: string;
  readonly passed: boolean;
  /** What was measured, and the bound that it was held to; null where there is none. */
  readonly value: number | string | boolean | null;
  readonly bound: number | string | boolean | null;
}

/**
 * Where a published bundle comes from: `manifest.json` beside `model.bundle`. Nothing in it changes a
 * prediction. Paths are relative to the bundle's folder, with forward slashes; hashes are SHA-256 in hex.
 */
export interface Manifest {
  readonly format: 1;
  readonly name: string;
  /** 1, 2, 3 ... in the order of publishing. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly bundle: { readonly file: string; readonly sha256: string; readonly bytes: number };
  readonly source: SourceDescription;
  readonly data: {
    /** SHA-256 of the accepted rows' content, whatever their order. */
    readonly fingerprint: string;
    readonly rows: number;
    readonly distinctVectors: number;
    readonly duplicateRows: number;
    readonly conflictingRows: number;
  };
  readonly split: SplitDescription;
  readonly model: {
    readonly family: string;
    readonly params: Readonly<Record<string, string | number | boolean | null>>;
  };
  readonly metrics: {
    /** Each with its 95 % interval; the positive class counts as positive. */
    readonly test: Readonly<Record<keyof ClassificationScores, Estimate>>;
    /** One sentence: on which rows the metrics were measured. */
    readonly protocol: string;
    /** The same predictions with the negative class counted as positive. */
    readonly negativeAsPositive: Pick<ClassificationScores, "precision" | "recall" | "f1">;
  };
  readonly gates: readonly GateVerdict[];
  /** Id of the run that trained the model. */
  readonly run: string;
  readonly seed: number;
  /** 40 hexadecimal digits; null outside a git checkout. */
  readonly gitCommit: string | null;
  readonly lockfileSha256: string | null;
  /** Version of Node that trained the model. */
  readonly node: string;
  /** SHA-256 of every other file of the folder, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly classes: { readonly negative: BundleClass; readonly positive: BundleClass };
  /** Names of the input columns, in the model's order. */
  readonly features: readonly string[];
}

const SCORES = [
  "accuracy",
  "precision",
  "recall",
  "f1",
  "falsePositiveRate",
  "rocAuc",
  "logLoss",
] as const satisfies readonly (keyof ClassificationScores)[];

/**
 * Reads the text of a `manifest.json`. Members that it does not know are left out.
 *
 * @throws PipelineError BUNDLE_MANIFEST_BAD naming the member that is missing or wrong.
 */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw bundleError("BUNDLE_MANIFEST_BAD", "The manifest is not JSON", { cause });
  }
  const json = new CheckedJson(value, "BUNDLE_MANIFEST_BAD", "manifest");
  const format = json.member("format");
  if (format.value !== 1) throw format.refuse("1, the format that this version of Gillnet reads");
  const bundle = json.member("bundle");
  const data = json.member("data");
  const model = json.member("model");
  const metrics = json.member("metrics");
  const inverse = metrics.member("negativeAsPositive");
  const classes = json.member("classes");
  return {
    format: 1,
    name: json.member("name").string(),
    version: json.member("version").integer(1),
    publishedAt: readTime(json.member("publishedAt")),
    bundle: {
      file: readPath(bundle.member("file")),
      sha256: readSha256(bundle.member("sha256")),
      bytes: bundle.member("bytes").integer(),
    },
    source: readSource(json.member("source")),
    data: {
      fingerprint: readSha256(data.member("fingerprint")),
      rows: data.member("rows").integer(),
      distinctVectors: data.member("distinctVectors").integer(),
      duplicateRows: data.member("duplicateRows").integer(),
      conflictingRows: data.member("conflictingRows").integer(),
    },
    split: readSplit(json.member("split")),
    model: {
      family: model.member("family").string(),
      params: Object.fromEntries(
        model
          .member("params")
          .members()
          .map(([name, param]) => [name, readScalar(param)]),
      ),
    },
    metrics: {
      test: Object.fromEntries(
        SCORES.map((score) => [score, readEstimate(metrics.member("test").member(score))]),
      ) as Manifest["metrics"]["test"],
      protocol: metrics.member("protocol").string(),
      negativeAsPositive: {
        precision: inverse.member("precision").number(),
        recall: inverse.member("recall").number(),
        f1: inverse.member("f1").number(),
      },
    },
    gates: json
      .member("gates")
      .items()
      .map((gate) => ({
        name: gate.member("name").string(),
        passed: gate.member("passed").boolean(),
        value: readScalar(gate.member("value")),
        bound: readScalar(gate.member("bound")),
      })),
    run: json.member("run").string(),
    seed: json.member("seed").integer(-Number.MAX_SAFE_INTEGER),
    gitCommit: json.member("gitCommit").orNull((commit) => commit.string()),
    lockfileSha256: json.member("lockfileSha256").orNull(readSha256),
    node: json.member("node").string(),
    files: readFiles(json.member("files")),
    classes: {
      negative: readClass(classes.member("negative")),
      positive: readClass(classes.member("positive")),
    },
    features: json
      .member("features")
      .items()
      .map((feature) => feature.string()),
  };
}

function readSource(json: CheckedJson): SourceDescription {
  return {
    kind: json.member("kind").oneOf("csv", "parquet", "mongodb", "uci", "synthetic"),
    name: json.member("name").string(),
    synthetic: json.member("synthetic").boolean(),
  };
}

function readSplit(json: CheckedJson): SplitDescription {
  return {
    by: json.member("by").oneOf("vector", "group", "random"),
    testShare: json.member("testShare").number(),
    trainRows: json.member("trainRows").integer(),
    testRows: json.member("testRows").integer(),
    trainGroups: json.member("trainGroups").integer(),
    testGroups: json.member("testGroups").integer(),
    leakedTestRows: json.member("leakedTestRows").integer(),
  };
}

function readEstimate(json: CheckedJson): Estimate {
  return {
    value: json.member("value").number(),
    low: json.member("low").number(),
    high: json.member("high").number(),
  };
}

function readScalar(json: CheckedJson): string | number | boolean | null {
  const { value } = json;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  return json.number();
}

function readFiles(json: CheckedJson): Readonly<Record<string, string>> {
  return Object.fromEntries(
    json.members().map(([path, hash]) => {
      if (!isInnerPath(path)) throw hash.refuse("named by a path inside the bundle's folder");
      return [path, readSha256(hash)];
    }),
  );
}

function readPath(json: CheckedJson): string {
  const path = json.string();
  if (!isInnerPath(path)) throw json.refuse("a path inside the bundle's folder");
  return path;
}

/** Who reads the manifest opens these files: none may lie outside the folder. */
function isInnerPath(path: string): boolean {
  return path
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !/[\\:\p{Cc}]/u.test(part));
}

function readSha256(json: CheckedJson): string {
  const hash = json.string();
  if (!/^[0-9a-f]{64}$/.test(hash)) throw json.refuse("a SHA-256 of 64 hexadecimal digits");
  return hash;
}

function readTime(json: CheckedJson): string {
  const time = json.string();
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(time) || Number.isNaN(Date.parse(time))) {
    throw json.refuse("a time in UTC like 2026-11-22T14:22:10Z");
  }
  return time;
}
