import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StageContext, StageName } from "@gillnet/entity";
import { ArtifactStore } from "@gillnet/entity/node";
import type { CodeVersion } from "../../src/plan/code-version.ts";
import { readLockFile } from "../../src/plan/lock-file.ts";
import { RunCatalog } from "../../src/plan/run-catalog.ts";
import type { PipelineStage, StageArtifact, StageInputs } from "../../src/run/pipeline-stage.ts";
import { createRedactor } from "../../src/run/redactor.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import { RunLog } from "../../src/run/run-log.ts";
import type { RunIdentity, RunnerWorld } from "../../src/run/runner-world.ts";

/** Stages that write one small file each: real in all that the runner sees of them. */
export interface SmallPipeline {
  sourceHash: string;
  passed: boolean;
  /** Text that each stage puts into its file. */
  readonly texts: Record<StageName, string>;
  readonly params: Record<StageName, Record<string, unknown>>;
  readonly code: Record<StageName, string>;
  /** What a stage does besides writing its file. */
  readonly extra: Partial<Record<StageName, (context: StageContext) => Promise<void>>>;
  /** Stages that ran, in order. */
  readonly ran: StageName[];
}

/** What the summaries of the stages show. */
const FIGURES = {
  source: { kind: "csv", name: "rows.csv", synthetic: false },
  rows: 10,
  rejectedRows: 0,
  split: { by: "vector", trainRows: 8, testRows: 2, leakedTestRows: 0 },
  features: ["a"],
  imputedCells: { train: 0, test: 0 },
  family: "decision_tree",
  params: {},
  leaderboard: [],
  selection: {
    metric: "log_loss",
    folds: 5,
    by: "vector",
    search: { kind: "grid", combinations: 2, candidates: 2, leftOut: 0, timeBudget: null },
  },
  crossValidation: { logLoss: 0.1 },
};

export function smallPipeline(): SmallPipeline {
  const each = <T>(value: () => T): Record<StageName, T> => ({
    ingestion: value(),
    validation: value(),
    transformation: value(),
    trainer: value(),
  });
  return {
    sourceHash: "source 1",
    passed: true,
    texts: each(() => "one"),
    params: each(() => ({ seed: 42 })),
    code: each(() => "code 1"),
    extra: {},
    ran: [],
  };
}

export function stagesOf(pipeline: SmallPipeline): PipelineStage[] {
  const stage = (name: StageName, reads: readonly StageName[]): PipelineStage => ({
    name,
    packageName: name,
    params: pipeline.params[name],
    sources: name === "ingestion" ? { source: pipeline.sourceHash } : {},
    reads,
    run: async (inputs: StageInputs, context) => {
      for (const read of reads) {
        if (inputs[read] === undefined) throw new Error(`${name} did not get ${read}`);
      }
      pipeline.ran.push(name);
      await writeFile(context.output.path(`${name}/out.txt`), pipeline.texts[name]);
      context.progress({ fraction: 0.5, message: "half way" });
      await pipeline.extra[name]?.(context);
      const findings = pipeline.passed
        ? []
        : [{ severity: "error", code: "BAD", message: "Column 'port' is empty" }];
      const files = { report: `${name}/out.txt`, invalid: null };
      return {
        ...FIGURES,
        stage: name,
        passed: pipeline.passed,
        findings,
        files,
      } as unknown as StageArtifact;
    },
  });
  return [
    stage("ingestion", []),
    stage("validation", ["ingestion"]),
    stage("transformation", ["ingestion"]),
    stage("trainer", ["transformation"]),
  ];
}

/** A world in `root`, as a process that starts now would find it, and the events that it emits. */
export async function openWorld(
  root: string,
  pipeline: SmallPipeline,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ world: RunnerWorld; events: RunEvent[] }> {
  const store = new ArtifactStore(root);
  const lockFile = join(root, "pipeline.lock.yaml");
  const events: RunEvent[] = [];
  const redact = createRedactor(["hunter2"]);
  const now = (): Date => new Date("2026-11-22T14:22:10Z");
  const codeVersion: CodeVersion = (name) =>
    Promise.resolve({ [`@gillnet/${name}`]: pipeline.code[name as StageName] });
  const { stages: lock } = await readLockFile(lockFile);
  const catalog = new RunCatalog(store);
  const log = new RunLog(redact, now);
  const emit = (event: RunEvent): void => {
    events.push(event);
    log.listen(event);
  };
  const world = { store, lock, lockFile, catalog, codeVersion, now, signal, emit, log, redact };
  return { world, events };
}

export const IDENTITY: RunIdentity = {
  name: "small",
  seed: 42,
  jobs: 1,
  command: ["run"],
  source: { kind: "csv", name: "rows.csv", synthetic: false, inputHash: "source 1" },
  config: { password: "hunter2" },
  gillnet: "0.0.0",
};

export const ALL = { from: "ingestion", to: "trainer", force: false } as const;
