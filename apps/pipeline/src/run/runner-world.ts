import type { ArtifactHandle, StageName } from "@gillnet/entity";
import type { PlanWorld } from "../plan/decide-stage.ts";
import type { StageArtifact } from "./pipeline-stage.ts";
import type { Redactor } from "./redactor.ts";
import type { RunListener } from "./run-event.ts";
import type { RunJournal } from "./run-journal.ts";
import type { RunLog } from "./run-log.ts";
import type { RunRecord } from "./run-record.ts";

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
