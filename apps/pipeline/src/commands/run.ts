import { gillnetVersion } from "../gillnet-version.ts";
import { readCodeVersions } from "../plan/code-version.ts";
import { readLockFile } from "../plan/lock-file.ts";
import { RunCatalog } from "../plan/run-catalog.ts";
import { availableCores } from "../run/available-cores.ts";
import { concludeRun } from "../run/conclude-run.ts";
import { createStages } from "../run/create-stages.ts";
import { resolveRunSource } from "../run/resolve-source.ts";
import type { RunEvent, RunListener } from "../run/run-event.ts";
import { RunLog } from "../run/run-log.ts";
import { runStages } from "../run/runner.ts";
import type { RunSelection } from "../run/runner-world.ts";
import { createRunView } from "../terminal/run-view.ts";
import { RunTracker } from "../track/run-tracker.ts";
import { APP_FOLDER, openWorkspace } from "../workspace.ts";
import type { App, CommonFlags, ConfiguredWorkspace } from "../workspace.ts";
import { selectStages } from "./select-stages.ts";
import type { SelectionFlags } from "./select-stages.ts";
import { underRunLock } from "./under-run-lock.ts";

export interface RunFlags extends CommonFlags, SelectionFlags {
  readonly jobs?: number;
}

/**
 * `pipeline run`: runs what is stale, judges the model and publishes it.
 *
 * Errors: CONFIG_..., RUN_LOCKED, RUN_STAGE_UNKNOWN, those of the source, of runStages and concludeRun.
 */
export async function runCommand(
  stage: string | undefined,
  flags: RunFlags,
  app: App,
): Promise<void> {
  const selection = selectStages(stage, flags);
  const workspace = await openWorkspace(flags, app);
  const log = new RunLog(workspace.redact, app.now);
  app.logs.add(log);
  const view = await createRunView(app.terminal, flags.json, app.now);
  const tell: RunListener = (event) => {
    const clean = workspace.redact(event);
    log.listen(clean);
    view.listen(clean);
  };
  const tracker = new RunTracker(workspace, app, tell);
  const emit: RunListener = (event) => {
    tell(event);
    tracker.listen(event);
  };
  try {
    await underRunLock(workspace, app, emit, () =>
      runAll(selection, flags, { app, workspace, emit, log, tracker }),
    );
  } catch (error) {
    log.writeError(error);
    throw error;
  } finally {
    view.close();
    await log.close();
  }
}

interface RunSetting {
  readonly app: App;
  readonly workspace: ConfiguredWorkspace;
  readonly emit: RunListener;
  readonly log: RunLog;
  readonly tracker: RunTracker;
}

async function runAll(
  selection: RunSelection,
  flags: RunFlags,
  setting: RunSetting,
): Promise<void> {
  const end = await setting.tracker.afterwards(() => runAndJudge(selection, flags, setting));
  setting.emit({ event: "run.finished", ...end });
}

type RunEnd = Omit<Extract<RunEvent, { event: "run.finished" }>, "event">;

async function runAndJudge(
  selection: RunSelection,
  flags: RunFlags,
  { app, workspace, emit, log }: RunSetting,
): Promise<RunEnd> {
  const { config, redact, store, published, lockFile } = workspace;
  const { name, seed, gates } = config;
  const { now, signal } = app;
  emit({ event: "run.started", name, seed, gillnet: gillnetVersion });
  const { stages: lock, problem } = await readLockFile(lockFile);
  if (problem !== undefined) {
    const message = `${lockFile} is not used: ${problem}`;
    emit({ event: "warning", code: "lock.unreadable", message });
  }
  const source = await resolveRunSource(workspace, app, log.stageLogger("source", emit));
  const { description, inputHash, notes } = source;
  emit({ event: "source.resolved", source: description, notes });
  const stages = createStages(config, source, redact);
  const catalog = new RunCatalog(store);
  const codeVersion = readCodeVersions(APP_FOLDER);
  const world = { store, lock, lockFile, catalog, codeVersion, now, signal, emit, log, redact };
  const identity = {
    name,
    seed,
    gillnet: gillnetVersion,
    jobs: flags.jobs ?? availableCores(),
    command: app.commandLine,
    source: { ...description, inputHash },
    config,
  };
  const done = await runStages(stages, selection, identity, world);
  const complete = selection.to === stages.at(-1)?.name;
  const automaticSource = config.source.kind === "auto";
  const codeFolder = APP_FOLDER;
  const conclusion = { store, emit, now, signal, gates, published, automaticSource, codeFolder };
  const { journal, changed } = done;
  let live: number | null = null;
  if (complete) live = await concludeRun(done, conclusion);
  else if (changed) await journal.update({ outcome: "succeeded", finished: now().toISOString() });
  const { run, outcome, published: version } = journal.record;
  return { run, outcome, changed, live, published: version };
}
