import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeBundle } from "@gillnet/model-bundle";
import type { Bundle, FeatureProfile, InputFeature, Manifest } from "@gillnet/model-bundle";
import { createApp } from "../src/app.ts";
import type { AppOptions } from "../src/app.ts";
import { LiveBundle } from "../src/live-bundle.ts";
import type { ApiLogger } from "../src/logger.ts";

const FEATURES: readonly InputFeature[] = [
  { kind: "numeric", name: "https", values: [-1, 0, 1] },
  { kind: "numeric", name: "length", minimum: 0, maximum: 5000 },
  { kind: "categorical", name: "country", categories: ["DE", "NL", "US"] },
];

/** A logistic model over three columns; `tilt` moves its answers, so that versions can be told apart. */
export function smallBundle(tilt = 0, features: readonly InputFeature[] = FEATURES): Bundle {
  const widths = features.map((feature) =>
    feature.kind === "numeric" ? 1 : feature.categories.length,
  );
  const start = Int32Array.from(widths, (_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width, 0),
  );
  const total = widths.reduce((sum, width) => sum + width, 0);
  return {
    features,
    missingMarkers: ["NA", "?"],
    classes: {
      positive: { name: "phishing", label: -1 },
      negative: { name: "legitimate", label: 1 },
    },
    preprocessor: { imputer: { kind: "none" } },
    profile: features.map((feature): FeatureProfile =>
      feature.kind === "numeric"
        ? {
            kind: "numeric",
            name: feature.name,
            count: 2,
            missing: 0,
            minimum: 0,
            maximum: 1,
            mean: 0.5,
            values: [
              { value: 0, count: 1 },
              { value: 1, count: 1 },
            ],
            quantiles: null,
          }
        : {
            kind: "categorical",
            name: feature.name,
            count: feature.categories.length,
            missing: 0,
            values: feature.categories.map((value) => ({ value, count: 1 })),
          },
    ),
    model: {
      kind: "logistic",
      intercept: tilt,
      start,
      coefficients: Float64Array.from({ length: total }, (_, index) => [-2, 1.5, 0.25][index % 3]!),
      center: Float64Array.from(features, (_, index) => (index === 1 ? 50 : 0)),
      scale: Float64Array.from(features, ({ kind }, index) =>
        kind === "categorical" ? 0 : index === 1 ? 20 : 1,
      ),
    },
    calibration: { kind: "none" },
    threshold: 0.5,
  };
}

export const SAMPLE = "https,length,country\n1,20,NL\n-1,90,US\n";

export interface PublishOptions {
  readonly synthetic?: boolean;
  readonly sample?: string | null;
  /** What differs from a manifest in order. */
  readonly manifest?: Record<string, unknown>;
  /** Flips a byte of the bundle after its hash was taken. */
  readonly corrupt?: boolean;
}

/** A folder of artifacts for one test; removed by `remove`. */
export class PublishedFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), "gillnet-api-"));

  /** Publishes a version as the pipeline does: files first, then live.json by a rename. Returns the manifest. */
  publish(version: number, bundle: Bundle, options: PublishOptions = {}): Manifest {
    const folder = join(this.path, "published", String(version));
    mkdirSync(folder, { recursive: true });
    const bytes = Uint8Array.from(encodeBundle(bundle));
    const sample = options.sample === undefined ? SAMPLE : options.sample;
    const manifest = {
      ...manifestOf(version, bundle, bytes, sample, options.synthetic === true),
      ...options.manifest,
    };
    if (options.corrupt === true) bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(folder, "model.bundle"), bytes);
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    if (sample !== null) writeFileSync(join(folder, "sample.csv"), sample);
    this.point(JSON.stringify({ version }));
    return manifest;
  }

  /** Sets live.json's text. */
  point(text: string): void {
    mkdirSync(join(this.path, "published"), { recursive: true });
    const temporary = join(this.path, "published", "live.json.tmp");
    writeFileSync(temporary, text);
    renameSync(temporary, join(this.path, "published", "live.json"));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function manifestOf(
  version: number,
  bundle: Bundle,
  bytes: Uint8Array,
  sample: string | null,
  synthetic: boolean,
): Manifest {
  const estimate = { value: 0.958, low: 0.9501, high: 0.965 };
  return {
    format: 1,
    name: "phishing",
    version,
    publishedAt: "2026-11-22T14:22:10Z",
    bundle: { file: "model.bundle", sha256: sha256(bytes), bytes: bytes.length },
    source: synthetic
      ? { kind: "synthetic", name: "a small network", synthetic: true }
      : { kind: "csv", name: "rows.csv", synthetic: false },
    data: {
      fingerprint: sha256("rows"),
      rows: 11_055,
      distinctVectors: 5849,
      duplicateRows: 5206,
      conflictingRows: 357,
    },
    split: {
      by: "vector",
      testShare: 0.2,
      trainRows: 8844,
      testRows: 2211,
      trainGroups: 4679,
      testGroups: 1170,
      leakedTestRows: 0,
    },
    model: { family: "logistic_regression", params: { C: 1 } },
    metrics: {
      test: {
        accuracy: estimate,
        precision: estimate,
        recall: estimate,
        f1: estimate,
        falsePositiveRate: estimate,
        rocAuc: estimate,
        logLoss: estimate,
      },
      protocol: "Measured on 2,211 rows whose vectors were never seen in training.",
      negativeAsPositive: { precision: 0.9, recall: 0.9, f1: 0.9 },
    },
    gates: [{ name: "expected_score", passed: true, value: 0.9, bound: 0.6 }],
    run: "2026-11-22-142210",
    seed: 42,
    gitCommit: null,
    lockfileSha256: null,
    node: "20.20.2",
    files: {
      "model.bundle": sha256(bytes),
      ...(sample === null ? {} : { "sample.csv": sha256(sample) }),
    },
    classes: bundle.classes,
    features: bundle.features.map((feature) => feature.name),
  };
}

export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A logger that keeps its lines. */
export function keepingLogger(): ApiLogger & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** What a test of routes needs: a folder, the live bundle over it, the app over that, and its log. */
export interface TestApp {
  readonly folder: PublishedFolder;
  readonly live: LiveBundle;
  readonly app: ReturnType<typeof createApp>;
  readonly lines: LogLine[];
}

/** An app over a folder where version 1 is `bundle` (nothing is published when it is null). Never polls. */
export async function testApp(
  bundle: Bundle | null = smallBundle(),
  options: Partial<AppOptions> & PublishOptions = {},
): Promise<TestApp> {
  const folder = new PublishedFolder();
  if (bundle !== null) folder.publish(1, bundle, options);
  const logger = keepingLogger();
  const live = await LiveBundle.open({ artifactsFolder: folder.path, logger, pollMs: 0 });
  const app = createApp({ live, logger, outputFolder: folder.path, ...options });
  return { folder, live, app, lines: logger.lines };
}
