import { copyFile, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256File } from "@gillnet/entity/node";
import type { ArtifactStore } from "@gillnet/entity/node";
import type { Manifest } from "@gillnet/model-bundle";
import type { RunRecord } from "../run/run-record.ts";
import { describeTestRows } from "../terminal/stage-summary.ts";
import type { CodeOrigin } from "./code-origin.ts";
import type { GateVerdict, JudgedArtifacts } from "./gates.ts";
import type { PublishedVersions } from "./published-versions.ts";
import { sampleRows } from "./sample-rows.ts";
import { readTestRows } from "./test-rows.ts";

const BUNDLE_FILE = "model.bundle";
const SAMPLE_FILE = "sample.csv";
const SAMPLE_ROWS = 20;

/** What is published, and what the manifest says of where it comes from. */
export interface Publication {
  readonly record: RunRecord;
  readonly artifacts: JudgedArtifacts;
  readonly gates: readonly GateVerdict[];
  readonly code: CodeOrigin;
  readonly publishedAt: Date;
}

/**
 * Publishes the bundle of a run as the next version and makes it the live one. The folder is prepared
 * elsewhere and appears whole. Gives the version. Nothing is published under an aborted signal: its reason is thrown.
 */
export async function publishBundle(
  publication: Publication,
  store: ArtifactStore,
  published: PublishedVersions,
  signal: AbortSignal,
): Promise<number> {
  const { trainer, ingestion } = publication.artifacts;
  const prepared = await store.makeTemporaryFolder();
  try {
    const bundlePath = join(prepared, BUNDLE_FILE);
    await copyFile(join(trainer.folder, trainer.artifact.files.bundle), bundlePath);
    const { writeCsv } = await import("@gillnet/table");
    const { table } = await readTestRows(ingestion, signal);
    const samplePath = join(prepared, SAMPLE_FILE);
    await writeCsv(samplePath, sampleRows(table, SAMPLE_ROWS));
    const files = {
      [BUNDLE_FILE]: await sha256File(bundlePath),
      [SAMPLE_FILE]: await sha256File(samplePath),
    };
    const bytes = (await stat(bundlePath)).size;
    const { decodeBundle } = await import("@gillnet/model-bundle");
    const { classes, features } = decodeBundle(await readFile(bundlePath));
    signal.throwIfAborted();
    const version = await published.add(prepared, (number) => ({
      ...describeOrigin(publication),
      version: number,
      bundle: { file: BUNDLE_FILE, sha256: files[BUNDLE_FILE], bytes },
      files,
      classes,
      features: features.map(({ name }) => name),
    }));
    await published.setLive(version);
    return version;
  } finally {
    await rm(prepared, { recursive: true, force: true });
  }
}

type Origin = Omit<Manifest, "version" | "bundle" | "files" | "classes" | "features">;

function describeOrigin({ record, artifacts, gates, code, publishedAt }: Publication): Origin {
  const ingestion = artifacts.ingestion.artifact;
  const trainer = artifacts.trainer.artifact;
  return {
    format: 1,
    name: record.name,
    publishedAt: publishedAt.toISOString(),
    source: ingestion.source,
    data: {
      fingerprint: ingestion.fingerprint,
      rows: ingestion.rows,
      distinctVectors: ingestion.distinctVectors,
      duplicateRows: ingestion.duplicateRows,
      conflictingRows: ingestion.conflictingRows,
    },
    split: ingestion.split,
    model: { family: trainer.family, params: trainer.params },
    metrics: {
      test: trainer.test.intervals,
      protocol: `Measured on ${describeTestRows(ingestion)}`,
      negativeAsPositive: trainer.test.negativeAsPositive,
    },
    gates: gates.map(({ name, passed, value, bound }) => ({ name, passed, value, bound })),
    run: record.run,
    seed: record.seed,
    gitCommit: code.gitCommit,
    lockfileSha256: code.lockfileSha256,
    node: record.node,
  };
}
