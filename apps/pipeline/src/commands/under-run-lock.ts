import type { RunEvent } from "../run/run-event.ts";
import { acquireRunLock } from "../run/run-lock.ts";
import type { App, ConfiguredWorkspace } from "../workspace.ts";

/** Does `work` while no other run can touch the artifacts. Error: RUN_LOCKED, and those of `work`. */
export async function underRunLock(
  workspace: ConfiguredWorkspace,
  app: App,
  emit: (event: Extract<RunEvent, { event: "warning" }>) => void,
  work: () => Promise<void>,
): Promise<void> {
  const command = workspace.redact(["pipeline", ...app.commandLine].join(" "));
  const lock = await acquireRunLock(workspace.runLockFile, app.now(), command);
  app.atExit.add(lock.release);
  try {
    if (lock.takenFrom !== undefined) {
      const { pid, started } = lock.takenFrom;
      const message = `Process ${pid} of ${started} ended without finishing its run; this one takes over`;
      emit({ event: "warning", code: "run.takeover", message });
    }
    // What killed processes left half-made.
    await workspace.store.sweep();
    await work();
  } finally {
    lock.release();
    app.atExit.delete(lock.release);
  }
}
