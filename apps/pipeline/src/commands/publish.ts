import { PipelineError, STAGE_NAMES } from "@gillnet/entity";
import type { ArtifactHandle, StageName } from "@gillnet/entity";
import { pickJudged } from "../publish/gates.ts";
import { judgeAndPublish } from "../run/conclude-run.ts";
import type { StageArtifact } from "../run/pipeline-stage.ts";
import type { RunListener } from "../run/run-event.ts";
import { RunJournal } from "../run/run-journal.ts";
import { isComplete } from "../run/run-record.ts";
import { createRunView } from "../terminal/run-view.ts";
import { RunTracker } from "../track/run-tracker.ts";
import { APP_FOLDER, openWorkspace } from "../workspace.ts";
import type { App, CommonFlags, ConfiguredWorkspace } from "../workspace.ts";
import { findRun } from "./show.ts";
import { underRunLock } from "./under-run-lock.ts";

/**
 * `pipeline publish [RUN]`: judges the model of a run (the newest whole one unless named) by the gates as
 * they are now, and makes it live. Errors: CONFIG_..., RUN_LOCKED, RUN_UNKNOWN, RUN_INCOMPLETE, RUN_GATES_FAILED.
 */
export async function publishCommand(
  run: string | undefined,
  flags: CommonFlags,
  app: App,
): Promise<void> {
  const workspace = await openWorkspace(flags, app);
  const view = await createRunView(app.terminal, flags.json, app.now);
  const tell: RunListener = (event) => view.listen(workspace.redact(event));
  const tracker = new RunTracker(workspace, app, tell);
  const emit: RunListener = (event) => {
    tell(event);
    tracker.listen(event);
  };
  try {
    await underRunLock(workspace, app, emit, () =>
      tracker.afterwards(() => judgeRun(run, workspace, app, emit)),
    );
  } finally {
    view.close();
  }
}

async function judgeRun(
  run: string | undefined,
  workspace: ConfiguredWorkspace,
  { now, signal }: App,
  emit: RunListener,
): Promise<void> {
  const { store, published, redact, config } = workspace;
  const record = await findRun(workspace, run, isComplete);
  if (!isComplete(record)) {
    throw new PipelineError(
      "RUN_INCOMPLETE",
      `Run ${record.run} has no model to publish: it did not come to the end of its stages`,
      { hint: "Choose another one of pnpm pipeline runs", details: { run: record.run } },
    );
  }
  const artifacts = new Map<StageName, ArtifactHandle<StageArtifact>>();
  for (const stage of STAGE_NAMES) {
    artifacts.set(stage, await store.handle<StageArtifact>(record.run, stage));
  }
  await judgeAndPublish(new RunJournal(store, redact, record), pickJudged(artifacts), {
    store,
    published,
    emit,
    now,
    signal,
    gates: config.gates,
    automaticSource: config.source.kind === "auto",
    codeFolder: APP_FOLDER,
  });
}
