import { PipelineError } from "@gillnet/entity";
import type { SourceDescription } from "@gillnet/entity";
import { canonicalJson, sha256, sha256File } from "@gillnet/entity/node";
import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { TrackingJournal } from "./journal.ts";
import type {
  ArtifactEntry,
  DatasetEntry,
  EndEntry,
  JournalEntry,
  MetricEntry,
} from "./journal-entry.ts";
import { limits } from "./mlflow-limits.ts";

/** A file of a run. */
export interface TrackedFile {
  /** Absolute. */
  readonly file: string;
  /** What it is called on the server, with forward slashes. */
  readonly path: string;
}

/** A finished run, as plain data without secrets. */
export interface TrackedRun {
  /** The run's id, unique within its artifacts folder. */
  readonly run: string;
  /** What people call it. */
  readonly name: string;
  readonly experiment: string;
  readonly started: Date;
  readonly finished: Date;
  /** `rejected`: validation or a gate said no. */
  readonly outcome: "succeeded" | "rejected" | "failed" | "interrupted";
  /** By dotted name; values other than text are recorded as JSON. */
  readonly params: Readonly<Record<string, unknown>>;
  /** By dotted name; NaN and infinities are fine. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Null when the run ended before it had its data. */
  readonly dataset: {
    readonly name: string;
    /** Any text that changes with the content; its first 36 characters count. */
    readonly digest: string;
    readonly rows: number;
    readonly source: SourceDescription;
  } | null;
  readonly artifacts: readonly TrackedFile[];
  /** Null when the run published none. */
  readonly model: TrackedModel | null;
  readonly tags: {
    readonly gillnet: string;
    readonly seed: number;
    readonly source: SourceDescription | null;
    readonly gitCommit: string | null;
    readonly bundleHash: string | null;
  };
}

/** A model as a folder. */
export interface TrackedModel {
  /** Their paths start from the folder. */
  readonly files: readonly TrackedFile[];
  /** The `flavors` of the folder's MLmodel file; empty when there is none. */
  readonly flavors: Readonly<Record<string, unknown>>;
  /** The registered model that it becomes a version of, and the alias for that version; null: none. */
  readonly register: { readonly name: string; readonly alias: string | null } | null;
}

/** Where a model's files are among a run's artifacts. */
const MODEL_PATH = "model";

const STATUS = {
  succeeded: "FINISHED",
  rejected: "FAILED",
  failed: "FAILED",
  interrupted: "KILLED",
} as const satisfies Record<TrackedRun["outcome"], EndEntry["status"]>;

/**
 * Writes a finished run into its journal. Recording it again adds only what is new: a run that is judged
 * or published later is recorded once more as it then is. Errors: TRACKING_FILE_UNREADABLE,
 * TRACKING_JOURNAL_MISMATCH, TRACKING_JOURNAL_UNWRITABLE.
 *
 * @example
 * const journal = await openJournal(store.runFolder(run));
 * await recordRun(record, journal);
 */
export async function recordRun(record: TrackedRun, journal: TrackingJournal): Promise<void> {
  const { model, dataset } = record;
  const modelFiles = (model?.files ?? []).map(({ file, path }) => ({
    file,
    path: `${MODEL_PATH}/${path}`,
  }));
  const artifacts: ArtifactEntry[] = [];
  for (const file of [...record.artifacts, ...modelFiles]) {
    artifacts.push(await describeFile(file, journal.folder));
  }
  await journal.append([
    {
      kind: "begin",
      version: 1,
      id: randomUUID(),
      run: record.run,
      name: record.name,
      experiment: record.experiment,
      startedAt: record.started.getTime(),
    },
    ...describeTags(record),
    ...describeValues(record),
    ...(dataset === null ? [] : [describeDataset(dataset)]),
    ...artifacts,
    { kind: "end", status: STATUS[record.outcome], endedAt: record.finished.getTime() },
    // Last, because it asks most of a server: the rest is there when this fails.
    ...(model === null ? [] : [describeModel(model, record, artifacts)]),
  ]);
}

function describeTags({ tags, outcome }: TrackedRun): JournalEntry[] {
  const { source } = tags;
  const values: Readonly<Record<string, string | null>> = {
    "gillnet.version": tags.gillnet,
    "gillnet.outcome": outcome,
    "gillnet.seed": String(tags.seed),
    "gillnet.source": source && `${source.kind}: ${source.name}`,
    "gillnet.synthetic": source && String(source.synthetic),
    "gillnet.bundle": tags.bundleHash,
    // MLflow's page shows these three.
    "mlflow.source.name": "gillnet",
    "mlflow.source.type": "LOCAL",
    "mlflow.source.git.commit": tags.gitCommit,
  };
  return Object.entries(values).flatMap(([key, value]): JournalEntry[] =>
    value === null ? [] : [{ kind: "tag", key, value }],
  );
}

function describeValues({ params, metrics, finished }: TrackedRun): JournalEntry[] {
  const timestamp = finished.getTime();
  return [
    ...Object.entries(params).map(([key, value]): JournalEntry => {
      const text = typeof value === "string" ? value : canonicalJson(value ?? null);
      return { kind: "param", key, value: text };
    }),
    ...Object.entries(metrics).map(([key, value]): JournalEntry => ({
      kind: "metric",
      key,
      value: Number.isFinite(value) ? value : (String(value) as MetricEntry["value"]),
      step: 0,
      timestamp,
    })),
  ];
}

/** MLflow's Python client knows files; what it has no name for goes in as the tags of code. */
function describeDataset(dataset: NonNullable<TrackedRun["dataset"]>): DatasetEntry {
  const { name, digest, rows, source } = dataset;
  const isFile = source.kind === "csv" || source.kind === "parquet";
  return {
    kind: "dataset",
    name,
    digest: digest.slice(0, limits.digestLength),
    sourceType: isFile ? "local" : "code",
    source: JSON.stringify(isFile ? { uri: source.name } : { tags: source }),
    rows,
  };
}

function describeModel(
  { flavors, register }: TrackedModel,
  { tags, finished }: TrackedRun,
  artifacts: readonly ArtifactEntry[],
): JournalEntry {
  const files = artifacts.filter(({ path }) => path.startsWith(`${MODEL_PATH}/`));
  const hash = tags.bundleHash ?? sha256(canonicalJson(files.map(({ sha256 }) => sha256)));
  const uuid = hash.slice(0, 32);
  return {
    kind: "model",
    path: MODEL_PATH,
    uuid,
    flavors,
    createdAt: finished.getTime(),
    register,
  };
}

async function describeFile({ file, path }: TrackedFile, folder: string): Promise<ArtifactEntry> {
  try {
    const { size } = await stat(file);
    const hash = await sha256File(file);
    const from = relative(folder, file).split(sep).join("/");
    return { kind: "artifact", file: from, path, sha256: hash, bytes: size };
  } catch (cause) {
    const { code = "an unknown error" } = cause as { code?: string };
    throw new PipelineError("TRACKING_FILE_UNREADABLE", `${file} cannot be read: ${code}`, {
      hint: "Check that the file is there and can be read, then record the run again",
      details: { file },
      cause,
    });
  }
}
