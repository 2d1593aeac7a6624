import { isPipelineError, PipelineError } from "@gillnet/entity";
import type { ArtifactHandle, StageName } from "@gillnet/entity";
import type { StoredArtifact } from "@gillnet/entity/node";
import { computePlan } from "../plan/compute-plan.ts";
import type { PlannedStage } from "../plan/compute-plan.ts";
import { decideStage } from "../plan/decide-stage.ts";
import type { PlanWorld, SkipDecision } from "../plan/decide-stage.ts";
import { writeLockFile } from "../plan/lock-file.ts";
import type { LockedStage, LockedStages } from "../plan/lock-file.ts";
import type { StageKey } from "../plan/stage-key.ts";
import type { PipelineStage, StageArtifact } from "./pipeline-stage.ts";
import type { Redactor } from "./redactor.ts";
import type { RunListener } from "./run-event.ts";
import { RunJournal } from "./run-journal.ts";
import type { RunLog } from "./run-log.ts";
import { readRunRecord } from "./run-record.ts";
import type { RunOutcome, RunRecord, StageRecord } from "./run-record.ts";
import { untilAborted } from "./until-aborted.ts";
import { validationError } from "./validation-error.ts";

/** Which stages a run may run. Those before `from` must be there already. */
export interface RunSelection {
  readonly from: StageName;
  readonly to: StageName;
  /** Run them though nothing they depend on changed. */
  readonly force: boolean;
}

/** What a run's record says besides what happens. */
export type RunIdentity = Pick<
  RunRecord,
  "name" | "seed" | "jobs" | "command" | "source" | "config" | "gillnet"
>;

/** What the runner works with. */
export interface RunnerWorld extends PlanWorld {
  readonly lockFile: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly emit: RunListener;
  readonly log: RunLog;
  readonly redact: Redactor;
}

/** The stages are done: the run that holds all of their artifacts. */
export interface StagesDone {
  readonly journal: RunJournal;
  readonly artifacts: ReadonlyMap<StageName, ArtifactHandle<StageArtifact>>;
  /** False when an earlier run had everything. */
  readonly changed: boolean;
  /** True when that earlier run is not the one that the lock file named: settings went back to it. */
  readonly restored: boolean;
}

/** How long a stage may take to stop when it is told to. */
const STOP_GRACE_MILLISECONDS = 5000;

/**
 * Runs the selected stages in order, each only if something it depends on changed.
 *
 * When one earlier run holds every artifact for the present keys, nothing is written and that run is
 * the result. Otherwise a new run gets the artifacts: made anew, or adopted from earlier runs. `run.json`
 * and the lock file are written after each stage, so what a killed run finished is not made again.
 *
 * Errors: what a stage throws; RUN_INPUT_STALE; RUN_VALIDATION_FAILED; the signal's reason.
 */
export async function runStages(
  stages: readonly PipelineStage[],
  selection: RunSelection,
  identity: RunIdentity,
  world: RunnerWorld,
): Promise<StagesDone> {
  const end = stages.findIndex(({ name }) => name === selection.to) + 1;
  const start = stages.findIndex(({ name }) => name === selection.from);
  const plan = await computePlan(stages.slice(0, end), world);
  for (const { stage, warnings } of plan) {
    for (const message of warnings) world.emit({ event: "warning", code: stage, message });
  }
  checkEarlierStages(plan.slice(0, start), selection.from);
  return (
    (selection.force ? undefined : await findFinishedRun(plan, world)) ??
    (await new StageLoop(identity, world).run(stages.slice(0, end), start, selection.force, plan))
  );
}

function checkEarlierStages(plan: readonly PlannedStage[], from: StageName): void {
  const stale = plan.find(({ action }) => action === "run");
  if (stale === undefined) return;
  throw new PipelineError(
    "RUN_INPUT_STALE",
    `${from} cannot start: ${stale.stage} before it has to run first (${stale.reasons.join("; ")})`,
    {
      hint: `Run it too: pnpm pipeline run --from ${stale.stage} --to ${from}`,
      details: { stage: from, stale: stale.stage, reasons: stale.reasons },
    },
  );
}

/** The one run that holds everything planned, if all of it can be skipped. */
async function findFinishedRun(
  plan: readonly PlannedStage[],
  world: RunnerWorld,
): Promise<StagesDone | undefined> {
  const skips = plan.map(({ decision }) => decision).filter((d) => d?.action === "skip");
  if (skips.length < plan.length) return undefined;
  const keys = new Map(plan.map(({ stage }, i) => [stage, (skips[i] as SkipDecision).key.hash]));
  const run = await world.catalog.findRunWithAll(keys);
  const record = run === undefined ? undefined : await readRunRecord(world.store, run);
  if (run === undefined || record === undefined) return undefined;

  const artifacts = new Map<StageName, ArtifactHandle<StageArtifact>>();
  let lock = world.lock;
  for (const [i, { stage, reasons }] of plan.entries()) {
    const { key, stored, from } = skips[i] as SkipDecision;
    const { artifact } = stored;
    world.emit({ event: "stage.skipped", stage, from, reasons, artifact });
    artifacts.set(stage, { artifact, folder: world.store.stageFolder(run, stage) });
    lock = withLocked(lock, stage, key, stored, from);
  }
  if (lock !== world.lock) await writeLockFile(world.lockFile, lock);
  const restored = plan.some(({ stage }) => world.lock[stage]?.key !== keys.get(stage));
  const journal = new RunJournal(world.store, world.redact, record);
  return { journal, artifacts, changed: false, restored };
}

/** The making of a new run, stage by stage. */
class StageLoop {
  readonly #identity: RunIdentity;
  readonly #world: RunnerWorld;
  readonly #artifacts = new Map<StageName, ArtifactHandle<StageArtifact>>();
  readonly #contentHashes = new Map<StageName, string>();
  #lock: LockedStages;

  constructor(identity: RunIdentity, world: RunnerWorld) {
    this.#identity = identity;
    this.#world = world;
    this.#lock = world.lock;
  }

  /** @param start index of the first stage that may run; those before it are adopted. */
  async run(
    stages: readonly PipelineStage[],
    start: number,
    force: boolean,
    plan: readonly PlannedStage[],
  ): Promise<StagesDone> {
    const { store, emit, log, signal, now } = this.#world;
    const journal = await this.#begin();
    const { run } = journal.record;
    await log.open(store.runFolder(run));
    emit({ event: "run.created", run, folder: store.runFolder(run) });
    try {
      for (const [index, stage] of stages.entries()) {
        const decision =
          plan[index]?.decision ?? (await decideStage(stage, this.#contentHashes, this.#world));
        if (decision.action === "skip" && !(force && index >= start)) {
          await this.#adopt(stage, decision, journal);
        } else {
          const reasons = decision.action === "skip" ? ["asked for"] : decision.reasons;
          await this.#execute(stage, decision.key, reasons, journal);
        }
      }
    } catch (error) {
      await journal.fail(error, outcomeOf(error, signal), now());
      throw error;
    }
    return { journal, artifacts: this.#artifacts, changed: true, restored: false };
  }

  async #begin(): Promise<RunJournal> {
    const { store, now, redact } = this.#world;
    const started = now();
    const run = await store.createRun(started);
    const journal = new RunJournal(store, redact, {
      version: 1,
      run,
      ...this.#identity,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      started: started.toISOString(),
      finished: null,
      outcome: "running",
      stages: {},
      gates: null,
      published: null,
      error: null,
    });
    await journal.update({});
    return journal;
  }

  async #adopt(stage: PipelineStage, decision: SkipDecision, journal: RunJournal): Promise<void> {
    const { store, emit } = this.#world;
    const { name } = stage;
    const { from, key, reasons, stored } = decision;
    await store.adoptStage(from, journal.record.run, name);
    emit({ event: "stage.skipped", stage: name, from, reasons, artifact: stored.artifact });
    await this.#finish(stage, key, stored, journal, {
      status: "skipped",
      from,
      seconds: 0,
      reasons,
    });
  }

  async #execute(
    stage: PipelineStage,
    key: StageKey,
    reasons: readonly string[],
    journal: RunJournal,
  ): Promise<void> {
    const { store, emit, log, now, signal } = this.#world;
    const { name } = stage;
    const { run } = journal.record;
    emit({ event: "stage.started", stage: name, reasons });
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt) / 1000;
    const output = await store.beginStage(run, name);
    try {
      signal.throwIfAborted();
      const context = {
        seed: this.#identity.seed,
        jobs: this.#identity.jobs,
        now,
        logger: log.stageLogger(name, emit),
        progress: (progress: { fraction?: number; message: string }): void =>
          emit({ event: "stage.progress", stage: name, ...progress }),
        output,
        signal,
      };
      const work = stage.run(Object.fromEntries(this.#artifacts), context);
      const artifact = await untilAborted(work, signal, STOP_GRACE_MILLISECONDS);
      const stored = await output.commit(artifact);
      // What validation refuses is kept for reading, and never taken for a good artifact.
      if (artifact.stage === "validation" && !artifact.passed) {
        throw validationError(artifact, store.stageFolder(run, name));
      }
      const seconds = elapsed();
      emit({ event: "stage.finished", stage: name, seconds, artifact });
      await this.#finish(stage, key, stored, journal, {
        status: "ran",
        from: null,
        seconds,
        reasons,
      });
    } catch (error) {
      await output.discard();
      const seconds = elapsed();
      const message = error instanceof Error ? error.message : String(error);
      emit({ event: "stage.failed", stage: name, seconds, message });
      const record = { status: "failed", from: null, key: key.hash, contentHash: null } as const;
      await journal.recordStage(name, { ...record, seconds, reasons }).catch(() => undefined);
      throw error;
    }
  }

  async #finish(
    stage: PipelineStage,
    key: StageKey,
    stored: StoredArtifact<StageArtifact>,
    journal: RunJournal,
    record: Omit<StageRecord, "key" | "contentHash">,
  ): Promise<void> {
    const { store, lockFile } = this.#world;
    const { run } = journal.record;
    const { name } = stage;
    this.#artifacts.set(name, { artifact: stored.artifact, folder: store.stageFolder(run, name) });
    this.#contentHashes.set(name, stored.contentHash);
    const { contentHash } = stored;
    await journal.recordStage(name, { ...record, key: key.hash, contentHash });
    const lock = withLocked(this.#lock, name, key, stored, record.from ?? run);
    if (lock !== this.#lock) await writeLockFile(lockFile, lock);
    this.#lock = lock;
  }
}

/** How a run ends that `error` stopped. */
function outcomeOf(error: unknown, signal: AbortSignal): RunOutcome {
  if (signal.aborted) return "interrupted";
  return isPipelineError(error) && error.code === "RUN_VALIDATION_FAILED" ? "rejected" : "failed";
}

/** `lock` with the stage's entry for this key; the same object when that is what it says already. */
function withLocked(
  lock: LockedStages,
  stage: StageName,
  key: StageKey,
  stored: StoredArtifact<StageArtifact>,
  run: string,
): LockedStages {
  if (lock[stage]?.key === key.hash && lock[stage].run === run) return lock;
  const outputs = Object.entries(stored.files).map(([path, file]) => [path, file.sha256]);
  const entry: LockedStage = {
    key: key.hash,
    code: key.code,
    params: key.params,
    inputs: key.inputs,
    outputs: Object.fromEntries(outputs),
    run,
  };
  return { ...lock, [stage]: entry };
}
