import { nearestName, PipelineError, STAGE_NAMES } from "@gillnet/entity";
import type { IngestionArtifact } from "@gillnet/entity";
import { RunCatalog } from "../plan/run-catalog.ts";
import { readRunRecord } from "../run/run-record.ts";
import type { RunRecord } from "../run/run-record.ts";
import { readLockHolder } from "../run/run-lock.ts";
import type { StageArtifact } from "../run/pipeline-stage.ts";
import { formatSeconds, wrapText } from "../terminal/format.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import { formatLeaderboard } from "../terminal/leaderboard.ts";
import { compareFolds, summarizeStage, summarizeVerdict } from "../terminal/stage-summary.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { findWorkspace } from "../workspace.ts";
import type { App, CommonFlags, Workspace } from "../workspace.ts";
import { outcomeOf } from "./runs.ts";

/** `pipeline show [RUN]`: one run, the newest unless named. Error: RUN_UNKNOWN. */
export async function showCommand(
  run: string | undefined,
  flags: CommonFlags,
  app: App,
): Promise<void> {
  const workspace = await findWorkspace(flags, app);
  const record = await findRun(workspace, run);
  const artifacts = await readArtifacts(workspace, record);
  const [newest] = await new RunCatalog(workspace.store).records();
  const busy = (await readLockHolder(workspace.runLockFile)) !== undefined;
  const outcome = outcomeOf(record, busy && newest?.run === record.run);
  if (flags.json) {
    const write = createJsonLines(app.terminal.out, app.now);
    write({ event: "run", ...record, outcome, artifacts });
    return;
  }
  writeText(record, outcome, artifacts, workspace, app.terminal);
}

/** The record of a run that was named, or of the newest. Error: RUN_UNKNOWN. */
export async function findRun(
  { store }: Workspace,
  run: string | undefined,
  isWanted: (record: RunRecord) => boolean = () => true,
): Promise<RunRecord> {
  const named = run === undefined ? undefined : await readRunRecord(store, run);
  if (named !== undefined) return named;
  const records = await new RunCatalog(store).records();
  const newest = records.find(isWanted);
  if (run === undefined && newest !== undefined) return newest;
  const near = nearestName(
    run ?? "",
    records.map((record) => record.run),
  );
  throw new PipelineError(
    "RUN_UNKNOWN",
    run === undefined ? "There is no finished run yet" : `There is no run '${run}'`,
    {
      hint:
        run === undefined
          ? "Start one with pnpm pipeline run"
          : near === undefined
            ? "See what there is with pnpm pipeline runs"
            : `Do you mean ${near}?`,
      details: { run },
    },
  );
}

type Artifacts = Partial<Record<StageArtifact["stage"], StageArtifact>>;

async function readArtifacts({ store }: Workspace, record: RunRecord): Promise<Artifacts> {
  const artifacts: Artifacts = {};
  for (const stage of STAGE_NAMES) {
    // One that failed may have left its artifact for reading: validation does.
    const stored = await store
      .readArtifact<StageArtifact>(record.run, stage)
      .catch(() => undefined);
    if (stored !== undefined) artifacts[stage] = stored.artifact;
  }
  return artifacts;
}

function formatNote(note: string): string[] {
  const [first = "", ...rest] = wrapText(`Note: ${note}`, 76);
  return [`  ${first}`, ...rest.map((line) => `    ${line}`)];
}

function writeText(
  record: RunRecord,
  outcome: string,
  artifacts: Artifacts,
  { store }: Workspace,
  { out, color, marks }: Terminal,
): void {
  const title = [`Run ${record.run}`, record.name, `seed ${record.seed}`, outcome];
  const lines = [color.bold(title.join(` ${marks.separator} `)), ""];
  for (const stage of STAGE_NAMES) {
    const step = record.stages[stage];
    if (step === undefined) continue;
    const mark = { ran: marks.done, skipped: marks.skipped, failed: marks.failed }[step.status];
    const time = step.status === "skipped" ? `as in ${step.from}` : formatSeconds(step.seconds);
    const artifact = artifacts[stage];
    const summary = artifact === undefined ? "stopped" : summarizeStage(artifact);
    lines.push(`  ${stage.padEnd(17)}${mark} ${time.padEnd(8)} ${summary}`);
    if (step.status !== "skipped")
      lines.push(`  ${" ".repeat(19)}because: ${step.reasons.join("; ")}`);
  }
  const { ingestion, trainer } = artifacts;
  if (trainer?.stage === "trainer" && ingestion !== undefined) {
    lines.push("", `  Best: ${summarizeVerdict(trainer, ingestion as IngestionArtifact)}`);
    const folds = compareFolds(trainer);
    if (folds !== undefined) lines.push(`  Folds: ${folds}`);
    lines.push("", ...formatLeaderboard(trainer), "");
    for (const note of trainer.notes) lines.push(...formatNote(note));
    if (trainer.notes.length > 0) lines.push("");
  }
  for (const { name, passed, sentence } of record.gates ?? []) {
    lines.push(`  Gate ${name}: ${passed ? "passed" : "not passed"}. ${sentence}`);
  }
  if (record.published !== null) lines.push(`  Its bundle is version ${record.published}`);
  if (record.error !== null) lines.push("", `  ${record.error.code}: ${record.error.message}`);
  const { source } = record;
  lines.push(
    "",
    `  Source    ${source.name} (${source.kind}${source.synthetic ? ", made-up rows" : ""})`,
    `  Started   ${record.started}, Gillnet ${record.gillnet}, Node ${record.node}, ${record.jobs} jobs`,
    `  Command   pipeline ${record.command.join(" ")}`,
    `  Folder    ${store.runFolder(record.run)}`,
  );
  out.write(`${lines.join("\n")}\n`);
}
