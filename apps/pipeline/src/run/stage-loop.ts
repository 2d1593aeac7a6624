import { isPipelineError } from "@gillnet/entity";
import type { ArtifactHandle, StageName } from "@gillnet/entity";
import type { StoredArtifact } from "@gillnet/entity/node";
import type { PlannedStage } from "../plan/compute-plan.ts";
import { decideStage } from "../plan/decide-stage.ts";
import type { SkipDecision, StageDecision } from "../plan/decide-stage.ts";
import { writeLockFile } from "../plan/lock-file.ts";
import type { LockedStages } from "../plan/lock-file.ts";
import type { StageKey } from "../plan/stage-key.ts";
import { withLocked } from "../plan/with-locked.ts";
import type { PipelineStage, StageArtifact } from "./pipeline-stage.ts";
import { RunJournal } from "./run-journal.ts";
import type { RunOutcome, StageRecord } from "./run-record.ts";
import type { RunIdentity, RunnerWorld, StagesDone } from "./runner-world.ts";
import { untilAborted } from "./until-aborted.ts";
import { validationError } from "./validation-error.ts";

/** How long a stage may take to stop when it is told to. */
const STOP_GRACE_MILLISECONDS = 5000;

/** The making of a new run, stage by stage. */
export class StageLoop {
  readonly #identity: RunIdentity;
  readonly #world: RunnerWorld;
  readonly #artifacts = new Map<StageName, ArtifactHandle<StageArtifact>>();
  readonly #contentHashes = new Map<StageName, string>();
  readonly #ran = new Set<StageName>();
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
        const decision = await this.#decide(stage, plan[index]);
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

  /** The planned decision, or a new one when a stage that this one reads has run since. */
  async #decide(stage: PipelineStage, planned: PlannedStage | undefined): Promise<StageDecision> {
    const fresh = stage.reads.some((name) => this.#ran.has(name));
    if (!fresh && planned?.decision !== undefined) return planned.decision;
    const decision = await decideStage(stage, this.#contentHashes, this.#world);
    for (const message of decision.warnings) {
      this.#world.emit({ event: "warning", code: "artifact.damaged", message });
    }
    return decision;
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
      this.#ran.add(name);
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
