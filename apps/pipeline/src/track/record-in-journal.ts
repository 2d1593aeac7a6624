import type { TrackingJournal } from "@gillnet/tracking";
import type { RunRecord } from "../run/run-record.ts";
import type { ConfiguredWorkspace } from "../workspace.ts";
import { describeRun } from "./describe-run.ts";

/**
 * Writes a run into the journal in its folder, and gives that; undefined while the run has not ended. What
 * the journal says already is not said again. Errors: those of recordRun.
 */
export async function recordInJournal(
  record: RunRecord,
  { store, published, redact, config }: ConfiguredWorkspace,
  gitCommit: string | null,
): Promise<TrackingJournal | undefined> {
  const { tracking } = config;
  const tracked = await describeRun(record, { store, published, redact, tracking, gitCommit });
  if (tracked === undefined) return undefined;
  const { openJournal, recordRun } = await import("@gillnet/tracking");
  const journal = await openJournal(store.runFolder(record.run));
  await recordRun(tracked, journal);
  return journal;
}
