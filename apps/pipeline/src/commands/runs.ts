import type { TrainerArtifact } from "@gillnet/entity";
import type { ArtifactStore } from "@gillnet/entity/node";
import { RunCatalog } from "../plan/run-catalog.ts";
import type { RunRecord } from "../run/run-record.ts";
import { readLockHolder } from "../run/run-lock.ts";
import { formatEstimate, formatSeconds } from "../terminal/format.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import { formatName } from "../terminal/stage-summary.ts";
import { formatTable } from "../terminal/text-table.ts";
import { findWorkspace } from "../workspace.ts";
import type { App, CommonFlags } from "../workspace.ts";

export interface RunsFlags extends CommonFlags {
  /** Show so many, newest first. */
  readonly limit: number;
}

/** `pipeline runs`: the history, newest first. */
export async function runsCommand(flags: RunsFlags, app: App): Promise<void> {
  const { out, color } = app.terminal;
  const workspace = await findWorkspace(flags, app);
  const records = await new RunCatalog(workspace.store).records();
  const shown = records.slice(0, flags.limit);
  const busy = (await readLockHolder(workspace.runLockFile)) !== undefined;
  const rows = await Promise.all(
    shown.map(async (record, i) => ({
      record,
      // Only the newest can be the one that runs now.
      outcome: outcomeOf(record, busy && i === 0),
      trainer: await readTrainer(workspace.store, record),
    })),
  );
  if (flags.json) {
    const write = createJsonLines(out, app.now);
    for (const { record, outcome, trainer } of rows) {
      const { config: _config, ...rest } = record;
      const accuracy = trainer?.test.intervals.accuracy ?? null;
      write({ event: "run", ...rest, outcome, family: trainer?.family ?? null, accuracy });
    }
    return;
  }
  if (rows.length === 0) {
    out.write("No runs yet. Start one with pnpm pipeline run\n");
    return;
  }
  const table = formatTable([
    ["Run", "Outcome", "Took", "Ran", "Source", "Model", "Test accuracy (95 %)", "Version"],
    ...rows.map(({ record, outcome, trainer }) => [
      record.run,
      outcome,
      formatSeconds(secondsOf(record)),
      stagesRan(record),
      record.source.synthetic ? `${record.source.name} (made-up)` : record.source.name,
      trainer === undefined ? "" : formatName(trainer.family),
      trainer === undefined ? "" : formatEstimate(trainer.test.intervals.accuracy),
      record.published === null ? "" : String(record.published),
    ]),
  ]);
  const [head = "", ...lines] = table;
  out.write(`${color.bold(head)}\n${lines.join("\n")}\n`);
  const others = records.length - shown.length;
  if (others > 0) out.write(`${others} older: pnpm pipeline runs --limit ${records.length}\n`);
}

/** A record that still says `running` belongs to a killed run unless a run is under way. */
export function outcomeOf(record: RunRecord, running: boolean): string {
  return record.outcome === "running" && !running ? "killed" : record.outcome;
}

/** The time that the stages took. */
function secondsOf({ stages }: RunRecord): number {
  return Object.values(stages).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The trainer's artifact of a run; undefined when it has none. */
async function readTrainer(
  store: ArtifactStore,
  record: RunRecord,
): Promise<TrainerArtifact | undefined> {
  const status = record.stages.trainer?.status;
  if (status === undefined || status === "failed") return undefined;
  const stored = await store
    .readArtifact<TrainerArtifact>(record.run, "trainer")
    .catch(() => undefined);
  return stored?.artifact;
}

function stagesRan({ stages }: RunRecord): string {
  const ran = Object.entries(stages).filter(([, stage]) => stage.status !== "skipped");
  return ran.length === 0 ? "nothing" : ran.map(([name]) => name).join(", ");
}
