import { isPipelineError, PipelineError } from "@gillnet/entity";
import { CommanderError } from "commander";
import { createProgram } from "./cli.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { explainStorageError } from "./storage-error.ts";
import { formatBug, formatError } from "./terminal/error-text.ts";
import { createJsonLines } from "./terminal/json-lines.ts";
import type { App } from "./workspace.ts";

/** Writes the stack of an unexpected error somewhere and gives the file. */
export type CrashWriter = (error: unknown) => string;

/** Runs one command line from words to exit code. Tells errors; throws none. */
export async function runCli(app: App, writeCrash: CrashWriter): Promise<ExitCode> {
  try {
    await createProgram(app).parseAsync(app.commandLine, { from: "user" });
    return 0;
  } catch (thrown) {
    const error = explainStorageError(readUsageError(thrown));
    if (error === undefined) return 0;
    tellError(error, app, writeCrash);
    return exitCodeOf(error);
  }
}

/** Commander's errors as RUN_USAGE; undefined for help and version, which it throws too. */
function readUsageError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return undefined;
  // Help that stands in for a missing command is printed already.
  const message =
    error.code === "commander.help"
      ? "A command is missing"
      : error.message.replace(/^error: /, "");
  const [first = "", suggestion] = message.split("\n");
  return new PipelineError("RUN_USAGE", first.replace(/\.$/, ""), {
    hint: suggestion?.replace(/^\((.*)\)$/, "$1") ?? "See pnpm pipeline --help",
  });
}

function tellError(error: unknown, app: App, writeCrash: CrashWriter): void {
  const { terminal, redact } = app;
  const message = redact(error instanceof Error ? error.message : String(error));
  let told: Record<string, unknown>;
  if (isPipelineError(error)) {
    const { code, hint, details } = error;
    told = redact({ code, message, hint, details });
    terminal.err.write(formatError(redact({ code, message, hint }), terminal));
  } else {
    const logged = [...app.logs].find(({ path }) => path !== undefined)?.path;
    told = { code: "UNEXPECTED", message };
    terminal.err.write(formatBug(message, logged ?? writeCrash(error), terminal));
  }
  if (app.commandLine.includes("--json")) {
    createJsonLines(terminal.out, app.now)({ event: "error", ...told });
  }
}
