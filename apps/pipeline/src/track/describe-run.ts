import { join } from "node:path";
import type {
  ClassificationScores,
  IngestionArtifact,
  StageName,
  TrainerArtifact,
} from "@gillnet/entity";
import type { ArtifactStore } from "@gillnet/entity/node";
import type { Manifest } from "@gillnet/model-bundle";
import type { TrackedFile, TrackedModel, TrackedRun, TrackingParams } from "@gillnet/tracking";
import type { PipelineConfig } from "../config/pipeline-config.ts";
import { MANIFEST_FILE } from "../publish/published-versions.ts";
import type { PublishedVersions } from "../publish/published-versions.ts";
import type { ArtifactByStage } from "../run/pipeline-stage.ts";
import type { Redactor } from "../run/redactor.ts";
import { RUN_FILE } from "../run/run-record.ts";
import type { RunRecord } from "../run/run-record.ts";

/** Points at the version of the run that was published last, whoever rolled back since. */
const ALIAS = "published";

/** Where a run's parts are, and how it is to be tracked. */
export interface DescribeWorld {
  readonly store: ArtifactStore;
  readonly published: PublishedVersions;
  readonly redact: Redactor;
  readonly tracking: TrackingParams;
  /** The commit of the code, when that is the code that ran; null: not known. */
  readonly gitCommit: string | null;
}

/**
 * What a tracking server is to know of a run, read from the run's folder; undefined while the run has not
 * ended. The same run gives the same, unless it was judged or published in between.
 */
export async function describeRun(
  record: RunRecord,
  world: DescribeWorld,
): Promise<TrackedRun | undefined> {
  const { run, outcome, finished, seed, gillnet } = record;
  if (outcome === "running" || finished === null) return undefined;
  const { store, redact, tracking, gitCommit } = world;
  const ingestion = await readArtifact(store, run, "ingestion");
  const validation = await readArtifact(store, run, "validation");
  const trainer = await readArtifact(store, run, "trainer");
  const inStage = (stage: StageName, path: string): TrackedFile => ({
    file: join(store.stageFolder(run, stage), path),
    path: `${stage}/${path}`,
  });
  const artifacts = [{ file: join(store.runFolder(run), RUN_FILE), path: RUN_FILE }];
  if (validation !== undefined) {
    const { report, driftReport } = validation.files;
    artifacts.push(inStage("validation", report), inStage("validation", driftReport));
  }
  if (trainer !== undefined) artifacts.push(inStage("trainer", trainer.files.evidence));
  const words = redact({
    name: `${record.name} ${run}`,
    experiment: tracking.experiment ?? record.name,
    params: describeParams(record, ingestion, trainer),
    metrics: trainer === undefined ? {} : describeMetrics(trainer),
    dataset: ingestion === undefined ? null : describeDataset(ingestion),
    tags: {
      gillnet,
      seed,
      source: describeSource(record),
      gitCommit,
      bundleHash: trainer?.bundleHash ?? null,
    },
  });
  return {
    ...words,
    run,
    started: new Date(record.started),
    finished: new Date(finished),
    outcome,
    artifacts,
    model: await describeModel(record, world),
  };
}

/** Undefined when the run ended before that stage, or the artifact is damaged: the rest is still worth it. */
async function readArtifact<S extends StageName>(
  store: ArtifactStore,
  run: string,
  stage: S,
): Promise<ArtifactByStage[S] | undefined> {
  const stored = await store.readArtifact<ArtifactByStage[S]>(run, stage).catch(() => undefined);
  return stored?.artifact;
}

/** By the names that they have in pipeline.yaml; what only the run settled (split, model) stands by itself. */
function describeParams(
  { seed, source, config }: RunRecord,
  ingestion: IngestionArtifact | undefined,
  trainer: TrainerArtifact | undefined,
): Record<string, unknown> {
  const { transformation } = config as PipelineConfig;
  const split = ingestion && { by: ingestion.split.by, test_share: ingestion.split.testShare };
  return {
    seed,
    ...flatten("source", { kind: source.kind, name: source.name }),
    ...flatten("split", split),
    ...flatten("transformation", transformation),
    ...flatten("trainer", trainer && describeSelection(trainer)),
    ...flatten("model", trainer && { family: trainer.family, ...trainer.params }),
  };
}

function describeSelection({ selection }: TrainerArtifact): object {
  const { metric, folds, search } = selection;
  const { kind, candidates, timeBudget } = search;
  return { metric, folds, search: { kind, candidates, time_budget: timeBudget } };
}

/** The members of nested maps by dotted name; lists stay whole. */
function flatten(name: string, value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  if (value === null || typeof value !== "object" || Array.isArray(value)) return { [name]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, member]) => flatten(`${name}.${key}`, member)),
  ) as Record<string, unknown>;
}

function describeMetrics(trainer: TrainerArtifact): Record<string, number> {
  const { train, crossValidation, randomCrossValidation, test } = trainer;
  const metrics: Record<string, number> = {
    ...nameScores("train", train),
    ...nameScores("cv", crossValidation),
    ...nameScores("cv_random", randomCrossValidation),
    ...nameScores("test", test.scores),
    ...nameScores("test.negative_as_positive", test.negativeAsPositive),
  };
  for (const [name, { low, high }] of Object.entries(test.intervals)) {
    metrics[`test.${inSnakeCase(name)}.low`] = low;
    metrics[`test.${inSnakeCase(name)}.high`] = high;
  }
  return metrics;
}

function nameScores(part: string, scores: Partial<ClassificationScores>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [`${part}.${inSnakeCase(name)}`, score]),
  );
}

function inSnakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function describeDataset({ source, fingerprint, rows }: IngestionArtifact): TrackedRun["dataset"] {
  return { name: source.name, digest: fingerprint.slice(0, 32), rows, source };
}

function describeSource({ source }: RunRecord): TrackedRun["tags"]["source"] {
  const { kind, name, synthetic } = source;
  return { kind, name, synthetic } as TrackedRun["tags"]["source"];
}

/** The folder of the version that the run itself published; one that another run had published is that run's. */
async function describeModel(
  { run, published: version }: RunRecord,
  { published, tracking }: DescribeWorld,
): Promise<TrackedModel | null> {
  if (version === null) return null;
  const manifest = await published.manifest(version).catch((): Manifest | undefined => undefined);
  if (manifest?.run !== run) return null;
  const folder = published.versionFolder(version);
  return {
    files: [...Object.keys(manifest.files), MANIFEST_FILE].map((path) => ({
      file: join(folder, path),
      path,
    })),
    flavors: {},
    register: tracking.register === null ? null : { name: tracking.register, alias: ALIAS },
  };
}
