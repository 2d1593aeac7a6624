import { PipelineError, STAGE_NAMES } from "@gillnet/entity";
import type { ResolvedSource } from "@gillnet/ingestion";
import { gillnetVersion } from "../gillnet-version.ts";
import { readCodeVersions } from "../plan/code-version.ts";
import { computePlan } from "../plan/compute-plan.ts";
import type { PlannedStage } from "../plan/compute-plan.ts";
import { readLockFile } from "../plan/lock-file.ts";
import { RunCatalog } from "../plan/run-catalog.ts";
import { createStages } from "../run/create-stages.ts";
import { peekRunSource } from "../run/resolve-source.ts";
import { createJsonLines } from "../terminal/json-lines.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { APP_FOLDER, openWorkspace } from "../workspace.ts";
import type { App, CommonFlags } from "../workspace.ts";

export interface PlanFlags extends CommonFlags {
  readonly check: boolean;
}

/** More of them do not help; --json has them all. */
const MOST_REASONS = 6;

/**
 * `pipeline plan`: says for each stage whether a run would run it, and why; writes nothing.
 *
 * Errors: CONFIG_..., those of the source, and with --check RUN_STALE when a stage would run.
 */
export async function planCommand(flags: PlanFlags, app: App): Promise<void> {
  const { terminal } = app;
  const workspace = await openWorkspace(flags, app);
  const { config, redact, store } = workspace;
  const { source, missing } = await peekRunSource(workspace, app);
  const { stages: lock, problem } = await readLockFile(workspace.lockFile);
  const notes = [
    ...(missing ? ["The source is not here yet: a run downloads it first"] : []),
    ...(problem === undefined ? [] : [`${workspace.lockFile} is not used: ${problem}`]),
  ];
  const plan = await computePlan(createStages(config, source ?? unknownSource(), redact), {
    store,
    lock,
    catalog: new RunCatalog(store),
    codeVersion: readCodeVersions(APP_FOLDER),
  });
  const shown = redact(plan);
  if (flags.json) writeJson(shown, notes, app);
  else writeText(shown, notes, config, terminal);

  const stale = plan.filter(({ action }) => action === "run").map(({ stage }) => stage);
  if (flags.check && stale.length > 0) {
    throw new PipelineError("RUN_STALE", `A run would run ${stale.join(", ")}`, {
      hint: "Bring the artifacts up to date with pnpm pipeline run",
      details: { stages: stale },
    });
  }
}

/** Stands for a source that has to be downloaded: no earlier run can have read it. */
function unknownSource(): ResolvedSource {
  return {
    description: { kind: "uci", name: "", synthetic: false },
    content: { format: "csv", path: "", matchCase: true, rename: {} },
    inputHash: "unknown",
    notes: [],
  };
}

function writeJson(plan: readonly PlannedStage[], notes: readonly string[], app: App): void {
  const write = createJsonLines(app.terminal.out, app.now);
  for (const { stage, action, reasons, warnings, decision } of plan) {
    const from = decision?.action === "skip" ? decision.from : null;
    const planned = { stage, action, reasons, warnings, from, certain: decision !== undefined };
    write({ event: "stage.planned", ...planned });
  }
  write({ event: "plan.finished", stale: plan.some(({ action }) => action === "run"), notes });
}

function writeText(
  plan: readonly PlannedStage[],
  notes: readonly string[],
  { name, seed }: { readonly name: string; readonly seed: number },
  { out, err, color, marks }: Terminal,
): void {
  const title = [color.bold(`Gillnet ${gillnetVersion}`), name, `seed ${seed}`, "plan"];
  out.write(`${title.join(` ${marks.separator} `)}\n\n`);
  for (const note of notes) out.write(`  ${note}\n`);
  const width = Math.max(...STAGE_NAMES.map((stage) => stage.length)) + 3;
  for (const { stage, action, reasons, warnings, decision } of plan) {
    const mark = action === "run" ? color.cyan(marks.running) : color.dim(marks.skipped);
    const shown = reasons.slice(0, MOST_REASONS).join("; ");
    const others = reasons.length - MOST_REASONS;
    const text = others > 0 ? `${shown}; and ${others} more, see --json` : shown;
    // In parentheses while it is not certain.
    const why = decision === undefined ? `(${text})` : text;
    out.write(`  ${stage.padEnd(width)}${mark} ${action.padEnd(4)} ${why}\n`);
    for (const warning of warnings) err.write(`${marks.warning} ${warning}\n`);
  }
}
