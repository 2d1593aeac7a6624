import { isPipelineError } from "@gillnet/entity";
import type { StageName } from "@gillnet/entity";
import type { ArtifactStore } from "@gillnet/entity/node";
import type { GateVerdict } from "../publish/gates.ts";
import type { Redactor } from "./redactor.ts";
import { writeRunRecord } from "./run-record.ts";
import type { RunOutcome, RunRecord, StageRecord } from "./run-record.ts";

/** The record of a run that is being written: every change goes to `run.json` before the next step. */
export class RunJournal {
  readonly #store: ArtifactStore;
  readonly #redact: Redactor;
  #record: RunRecord;

  constructor(store: ArtifactStore, redact: Redactor, record: RunRecord) {
    this.#store = store;
    this.#redact = redact;
    this.#record = redact(record);
  }

  get record(): RunRecord {
    return this.#record;
  }

  async update(changes: Partial<RunRecord>): Promise<void> {
    this.#record = { ...this.#record, ...this.#redact(changes) };
    await writeRunRecord(this.#store, this.#record);
  }

  /** Records how a run ended that did not end well, and what the gates said if they were asked. */
  async fail(
    cause: unknown,
    outcome: RunOutcome,
    now: Date,
    gates: readonly GateVerdict[] | null = null,
  ): Promise<void> {
    const code = isPipelineError(cause) ? cause.code : "UNEXPECTED";
    const message = cause instanceof Error ? cause.message : String(cause);
    // A run that is judged again ended when it did.
    const finished = this.#record.finished ?? now.toISOString();
    // A full disk is often the cause: not being able to write about it must not hide it.
    await this.update({ outcome, finished, gates, error: { code, message } }).catch(
      () => undefined,
    );
  }

  async recordStage(stage: StageName, record: StageRecord): Promise<void> {
    await this.update({ stages: { ...this.#record.stages, [stage]: record } });
  }
}
