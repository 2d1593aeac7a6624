import { isPipelineError } from "@gillnet/entity";
import type { SyncReport } from "@gillnet/tracking";
import { readCodeOrigin } from "../publish/code-origin.ts";
import type { RunEvent, RunListener } from "../run/run-event.ts";
import { readRunRecord } from "../run/run-record.ts";
import { APP_FOLDER } from "../workspace.ts";
import type { App, ConfiguredWorkspace } from "../workspace.ts";
import { recordInJournal } from "./record-in-journal.ts";
import { findTrackingServer } from "./tracking-server.ts";

/** Nobody waits longer for a server at the end of a run; `pipeline sync` takes its time. */
const SYNC_SECONDS = 60;
const SILENCE_SECONDS = 15;

/**
 * Tracks the run that a command made or judged: first in its journal, then on the server, if one is set. It
 * learns from the events which run that is; without any, there is nothing to track.
 */
export class RunTracker {
  readonly #workspace: ConfiguredWorkspace;
  readonly #app: App;
  readonly #emit: RunListener;
  #run: string | undefined;
  #isNew = false;

  /** @param emit where the tracker tells what it does. */
  constructor(workspace: ConfiguredWorkspace, app: App, emit: RunListener) {
    this.#workspace = workspace;
    this.#app = app;
    this.#emit = emit;
  }

  readonly listen: RunListener = (event) => {
    if (event.event !== "run.created" && event.event !== "run.judged") return;
    this.#run = event.run;
    this.#isNew ||= event.event === "run.created";
  };

  /**
   * Does `work`, then tracks the run as it is on the disk, however it ended. What goes wrong with that is a
   * warning: no run fails because nobody writes it down. After Ctrl-C the journal is all.
   *
   * Errors: those of `work`; the signal's reason, when it is aborted while a server is busy.
   */
  async afterwards<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await this.#track();
    }
  }

  async #track(): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    const { signal } = this.#app;
    const isStopped = signal.aborted;
    try {
      const { store } = this.#workspace;
      const record = await readRunRecord(store, run);
      // The code that judges an earlier run need not be the code that made it.
      const gitCommit = this.#isNew ? (await readCodeOrigin(APP_FOLDER)).gitCommit : null;
      const journal = record && (await recordInJournal(record, this.#workspace, gitCommit));
      const server = findTrackingServer(this.#workspace);
      if (journal === undefined || server === null || isStopped) return;
      const { sync } = await import("@gillnet/tracking");
      this.#emit({ event: "tracking.started", run, server: server.uri });
      const options = { signal, timeoutSeconds: SYNC_SECONDS, silenceSeconds: SILENCE_SECONDS };
      this.#emit(describeReport(run, await sync(journal, server, options)));
    } catch (error) {
      if (!isStopped) signal.throwIfAborted();
      this.#warn(error);
    }
  }

  #warn(error: unknown): void {
    const code = isPipelineError(error) ? error.code : "UNEXPECTED";
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${reason}. The run itself is not affected; pnpm pipeline sync sends it later`;
    this.#emit({ event: "warning", code, message });
  }
}

/** The event that tells what a server has of a run now. */
export function describeReport(
  run: string,
  { server, runUrl, sent, modelVersion, notes }: SyncReport,
): Extract<RunEvent, { event: "run.tracked" }> {
  return { event: "run.tracked", run, server, url: runUrl, sent, modelVersion, notes };
}
