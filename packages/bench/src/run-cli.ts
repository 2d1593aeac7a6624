import { isPipelineError, PipelineError } from "@gillnet/entity";
import { CommanderError } from "commander";
import type { BenchApp } from "./bench-app.ts";
import { createProgram } from "./cli.ts";
import { errorLines } from "./terminal/error-lines.ts";

/** 0 fine; 1 something went wrong; 2 wrong usage; 128 + n ended by signal n. */
export type ExitCode = 0 | 1 | 2 | 130 | 143;

/** Runs one command line from words to exit code. Tells errors; throws none. */
export async function runCli(app: BenchApp): Promise<ExitCode> {
  try {
    await createProgram(app).parseAsync(app.commandLine, { from: "user" });
    return 0;
  } catch (thrown) {
    const error = readUsageError(thrown);
    if (error === undefined) return 0;
    app.err.write(errorLines(error));
    if (app.commandLine.includes("--json") && isPipelineError(error)) {
      const { code, message, hint, details } = error;
      app.out.write(`${JSON.stringify({ event: "error", code, message, hint, details })}\n`);
    }
    return exitCodeOf(error);
  }
}

/** Commander's errors as BENCH_USAGE; undefined for help, which it throws too. */
function readUsageError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return undefined;
  // Help that stands in for a missing command is printed already.
  const message =
    error.code === "commander.help"
      ? "A command is missing"
      : error.message.replace(/^error: /, "");
  const [first = "", suggestion] = message.split("\n");
  return new PipelineError("BENCH_USAGE", first.replace(/\.$/, ""), {
    hint: suggestion?.replace(/^\((.*)\)$/, "$1") ?? "See pnpm bench --help",
  });
}

function exitCodeOf(error: unknown): ExitCode {
  if (!isPipelineError(error)) return 1;
  if (error.code === "BENCH_INTERRUPTED") return error.details["signal"] === "SIGTERM" ? 143 : 130;
  return ["BENCH_USAGE", "BENCH_UNKNOWN_NAME", "BENCH_NO_TABLE"].includes(error.code) ? 2 : 1;
}
