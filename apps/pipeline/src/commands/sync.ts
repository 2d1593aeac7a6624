import { countOf, isPipelineError, PipelineError } from "@gillnet/entity";
import { checkServer, openJournal, sync } from "@gillnet/tracking";
import type { TrackingJournal, TrackingServer } from "@gillnet/tracking";
import { RunCatalog } from "../plan/run-catalog.ts";
import type { RunRecord } from "../run/run-record.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { recordInJournal } from "../track/record-in-journal.ts";
import { describeReport } from "../track/run-tracker.ts";
import { findTrackingServer } from "../track/tracking-server.ts";
import { openWorkspace } from "../workspace.ts";
import type { App, CommonFlags, ConfiguredWorkspace } from "../workspace.ts";
import { underRunLock } from "./under-run-lock.ts";

export interface SyncFlags extends CommonFlags {
  /** The server, instead of the one that is set. */
  readonly to?: string;
}

/** What is wrong with one run only: the others go on. */
const FAULTS_OF_A_RUN: ReadonlySet<string> = new Set([
  "TRACKING_EXPERIMENT_DELETED",
  "TRACKING_FILE_UNREADABLE",
  "TRACKING_JOURNAL_DAMAGED",
  "TRACKING_JOURNAL_MISMATCH",
  "TRACKING_REFUSED",
  "TRACKING_RUN_DELETED",
  "TRACKING_UPLOAD_INCOMPLETE",
]);

/**
 * `pipeline sync [--to URI]`: replays the journal of every run to the tracking server, oldest first, each
 * thing once. A run that ended without a journal gets one first.
 *
 * Errors: CONFIG_..., RUN_LOCKED, RUN_NO_TRACKING_SERVER, RUN_SYNC_INCOMPLETE, those of tracking's sync.
 */
export async function syncCommand(flags: SyncFlags, app: App): Promise<void> {
  // As a setting, so that its password is kept like any other.
  const set = flags.to === undefined ? [] : [`tracking.uri=${JSON.stringify(flags.to)}`];
  const workspace = await openWorkspace({ ...flags, set: [...flags.set, ...set] }, app);
  const server = findTrackingServer(workspace);
  if (server === null) {
    throw new PipelineError("RUN_NO_TRACKING_SERVER", "No tracking server is set", {
      hint: "Set tracking.uri in pipeline.yaml or MLFLOW_TRACKING_URI, or name it: --to URI",
    });
  }
  const tell = flags.json
    ? createJsonLines(app.terminal.out, app.now)
    : (event: SyncEvent) => writeText(event, app.terminal);
  const emit = (event: SyncEvent): void => tell(workspace.redact(event));
  await underRunLock(workspace, app, emit, () => syncAll(workspace, server, app, emit));
}

async function syncAll(
  workspace: ConfiguredWorkspace,
  server: TrackingServer,
  { signal }: App,
  emit: (event: SyncEvent) => void,
): Promise<void> {
  const { config } = workspace;
  const experiment = config.tracking.experiment ?? config.name;
  // Also when there is nothing to send: who asks wants to know that the server is there.
  await checkServer(server, { experiment, signal });
  const records = (await new RunCatalog(workspace.store).records()).toReversed();
  let failed = 0;
  for (const record of records) {
    const { run } = record;
    try {
      const journal = await findJournal(record, workspace);
      if (journal === undefined) emit({ event: "run.untracked", run });
      else emit(describeReport(run, await sync(journal, server, { signal })));
    } catch (error) {
      if (!isPipelineError(error) || !FAULTS_OF_A_RUN.has(error.code)) throw error;
      failed++;
      const { code, message, hint = null } = error;
      emit({ event: "run.syncFailed", run, code, message, hint });
    }
  }
  emit({ event: "sync.finished", runs: records.length, failed });
  if (failed > 0) {
    throw new PipelineError(
      "RUN_SYNC_INCOMPLETE",
      `${failed} of ${countOf(records.length, "run")} could not be sent`,
      { hint: "Do what stands beside them, and sync again", details: { failed } },
    );
  }
}

/** The journal of a run; undefined when it has none and has not ended, as after a kill. */
async function findJournal(
  record: RunRecord,
  workspace: ConfiguredWorkspace,
): Promise<TrackingJournal | undefined> {
  const journal = await openJournal(workspace.store.runFolder(record.run));
  return journal.begin === undefined ? recordInJournal(record, workspace, null) : journal;
}

type SyncEvent =
  | ReturnType<typeof describeReport>
  | { readonly event: "run.untracked"; readonly run: string }
  | {
      readonly event: "run.syncFailed";
      readonly run: string;
      readonly code: string;
      readonly message: string;
      readonly hint: string | null;
    }
  | { readonly event: "sync.finished"; readonly runs: number; readonly failed: number }
  | { readonly event: "warning"; readonly code: string; readonly message: string };

function writeText(event: SyncEvent, { out, err, color, errorColor, marks }: Terminal): void {
  switch (event.event) {
    case "run.tracked": {
      const { run, sent, url, notes } = event;
      if (sent === 0) out.write(`${run}  nothing new\n`);
      else out.write(`${run}  sent ${countOf(sent, "entry", "entries")}: ${url}\n`);
      for (const note of sent === 0 ? [] : notes) out.write(`  ${color.dim(note)}\n`);
      break;
    }
    case "run.untracked":
      out.write(`${event.run}  nothing to send: it did not come to an end\n`);
      break;
    case "run.syncFailed": {
      const hint = event.hint === null ? "" : `. What to do: ${event.hint}`;
      err.write(`${event.run}  ${errorColor.red(marks.failed)} ${event.message}${hint}\n`);
      break;
    }
    case "sync.finished":
      if (event.runs === 0) out.write("No runs yet. Start one with pnpm pipeline run\n");
      break;
    case "warning":
      err.write(`${errorColor.yellow(marks.warning)} ${event.message}\n`);
      break;
  }
}
