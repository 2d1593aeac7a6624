import { PipelineError } from "@gillnet/entity";
import type { TrackingJournal } from "./journal.ts";
import type { BeginEntry } from "./journal-entry.ts";
import type { MlflowConnection } from "./mlflow-connection.ts";
import { nextStep } from "./next-step.ts";
import { findRunById, openRun } from "./open-run.ts";
import { performStep } from "./perform-step.ts";
import { readAddress } from "./server-address.ts";
import type { TrackingServer } from "./server-address.ts";
import { readSyncState, writeServerState } from "./sync-state.ts";
import type { ServerState } from "./sync-state.ts";

export interface SyncOptions {
  readonly signal: AbortSignal;
  /** For the whole replay; 300 unless given. */
  readonly timeoutSeconds?: number;
  /** How long the server may be silent in one request; 30 unless given. */
  readonly silenceSeconds?: number;
  /** The wait before a request is sent a second time, doubled before the third; 0.5 unless given. */
  readonly backoffSeconds?: number;
}

/** What a server has after a replay. */
export interface SyncReport {
  /** The server's address, without credentials. */
  readonly server: string;
  readonly experimentId: string;
  readonly runId: string;
  /** The run in MLflow's page. */
  readonly runUrl: string;
  /** How many entries of the journal were sent now; 0 when the server had them all. */
  readonly sent: number;
  /** The version that the run's model became in the registry; null when none. */
  readonly modelVersion: string | null;
  /** Sentences for people: what the server could not have, or has in another form. */
  readonly notes: readonly string[];
}

const ATTEMPTS = 3;

/**
 * Replays a journal to an MLflow server, exactly once: what the server has is remembered after every
 * request in `tracking.sync.json`, and a replay that was cut off anywhere goes on there. The caller sees to
 * it that no two replays of a journal run at the same time.
 *
 * Errors: TRACKING_UNREACHABLE when no server answers, and the other codes of `trackingErrors`; the signal's
 * reason once it is aborted. Whatever happens, the journal is untouched and a later replay goes on.
 *
 * @example
 * const { runUrl, notes } = await sync(journal, { uri: "http://127.0.0.1:5000" }, { signal });
 */
export async function sync(
  journal: TrackingJournal,
  server: TrackingServer,
  options: SyncOptions,
): Promise<SyncReport> {
  const address = readAddress(server);
  const { begin, entries, folder } = journal;
  if (begin === undefined) {
    throw new PipelineError("TRACKING_JOURNAL_EMPTY", `${folder} has no recorded run`, {
      hint: "Record the run first",
      details: { folder },
    });
  }
  const saved = (await readSyncState(folder))[address.base];
  if (saved !== undefined && saved.entries >= entries.length) return report(address.base, saved, 0);

  const { timeoutSeconds = 300, silenceSeconds = 30, backoffSeconds = 0.5 } = options;
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(timeoutError(address.base, timeoutSeconds));
  }, timeoutSeconds * 1000);
  const patience = {
    attempts: ATTEMPTS,
    backoffMilliseconds: backoffSeconds * 1000,
    silenceMilliseconds: silenceSeconds * 1000,
  };
  const signal = AbortSignal.any([options.signal, deadline.signal]);
  // Only here: what records without a server never loads the HTTP client.
  const { MlflowConnection } = await import("./mlflow-connection.ts");
  const connection = new MlflowConnection(address, patience, signal);
  try {
    return await replay(journal, begin, saved, connection);
  } finally {
    clearTimeout(timer);
    await connection.close();
  }
}

async function replay(
  { entries, folder }: TrackingJournal,
  begin: BeginEntry,
  saved: ServerState | undefined,
  connection: MlflowConnection,
): Promise<SyncReport> {
  const { base } = connection.address;
  let state = saved;
  let run = state && (await findRunById(connection, state.runId));
  if (state === undefined || run === undefined) {
    // Also for a server that lost the run, because somebody emptied its database.
    run = await openRun(connection, begin);
    const { experimentId, runId } = run;
    state = { experimentId, runId, entries: 1, modelVersion: null, leftOut: [], notes: [] };
    await writeServerState(folder, base, state);
  }
  const before = state.entries;
  while (state.entries < entries.length) {
    connection.signal.throwIfAborted();
    const step = nextStep(entries, state.entries);
    const changed = await performStep(step, { connection, run, begin, folder, state });
    state = { ...changed, entries: changed.entries + step.length };
    await writeServerState(folder, base, state);
  }
  return report(base, state, state.entries - before);
}

function report(server: string, state: ServerState, sent: number): SyncReport {
  const { experimentId, runId, modelVersion, notes } = state;
  const runUrl = `${server}/#/experiments/${experimentId}/runs/${runId}`;
  return { server, experimentId, runId, runUrl, sent, modelVersion, notes };
}

function timeoutError(server: string, seconds: number): PipelineError {
  return new PipelineError(
    "TRACKING_TIMEOUT",
    `The replay to ${server} was not done after ${seconds} seconds`,
    {
      hint: "Synchronise again: it goes on where it stopped",
      details: { server, seconds },
    },
  );
}
