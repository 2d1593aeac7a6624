import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PipelineError } from "@gillnet/entity";
import { createRedactor } from "./run/redactor.ts";
import { runCli } from "./run-cli.ts";
import { formatBug } from "./terminal/error-text.ts";
import { createTerminal } from "./terminal/terminal.ts";
import type { App } from "./workspace.ts";

/** One key press reaches a process twice when its parent passes it on; two presses are further apart. */
const SAME_PRESS_MILLISECONDS = 150;

const stop = new AbortController();
let stoppedAt = 0;
const terminal = createTerminal(process.stdout, process.stderr, process.env);
const app: App = {
  commandLine: process.argv.slice(2),
  environment: process.env,
  workingFolder: process.cwd(),
  terminal,
  now: () => new Date(),
  fetch: globalThis.fetch,
  signal: stop.signal,
  atExit: new Set(),
  redact: createRedactor([]),
  logs: new Set(),
};

process.on("exit", () => {
  for (const action of app.atExit) action();
});
for (const stream of [process.stdout, process.stderr]) {
  // A reader that has seen enough (head) must not end a run half way.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
stopOn("SIGINT", 130);
stopOn("SIGTERM", 143);
process.on("uncaughtException", (error) => {
  process.stderr.write(formatBug(app.redact(error.message), writeCrash(error), terminal));
  process.exit(1);
});

const exitCode = await runCli(app, writeCrash);
await Promise.all([drain(process.stdout), drain(process.stderr)]);
// Work that a stopped stage left behind must not keep the process.
process.exit(exitCode);

/** The first signal stops in good order, the second at once. */
function stopOn(signal: "SIGINT" | "SIGTERM", code: number): void {
  process.on(signal, () => {
    if (stop.signal.aborted) {
      if (performance.now() - stoppedAt > SAME_PRESS_MILLISECONDS) process.exit(code);
      return;
    }
    stoppedAt = performance.now();
    stop.abort(
      new PipelineError("RUN_INTERRUPTED", "Stopped before the end; nothing half-made is left", {
        hint: "Run again to go on: finished stages are not made again",
        details: { signal },
      }),
    );
  });
}

function writeCrash(error: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "gillnet-")), "crash.log");
  const text = String(error instanceof Error ? error.stack : error);
  writeFileSync(file, `${app.redact(text)}\n`);
  return file;
}

function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
