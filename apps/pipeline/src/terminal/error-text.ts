import type { PipelineError } from "@gillnet/entity";
import { wrapText } from "./format.ts";
import type { Terminal } from "./terminal.ts";

/** An expected error for people: what and where, what to do, and the code to look it up by. */
export function formatError(error: PipelineError, terminal: Terminal): string {
  const { errorColor, marks, columns } = terminal;
  const [first = "", ...rest] = wrapText(error.message, columns - 2);
  const lines = [`${errorColor.red(marks.failed)} ${errorColor.bold(first)}`];
  lines.push(...rest.map((line) => `  ${line}`));
  if (error.hint !== undefined) {
    lines.push(...wrapText(`What to do: ${error.hint}`, columns - 2).map((line) => `  ${line}`));
  }
  lines.push(errorColor.dim(`  Code ${error.code}, see docs/errors.md`));
  return `${lines.join("\n")}\n`;
}

/** An unexpected error for people: one line, and where its stack is. */
export function formatBug(error: unknown, logFile: string, terminal: Terminal): string {
  const { errorColor, marks } = terminal;
  const message = error instanceof Error ? error.message : String(error);
  return (
    `${errorColor.red(marks.failed)} ${errorColor.bold(`Stopped by what nobody expected: ${message}`)}\n` +
    `  This is a bug in Gillnet. What to do: report it with ${logFile}\n`
  );
}
