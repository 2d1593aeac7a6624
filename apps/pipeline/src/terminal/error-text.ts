import { wrapText } from "./format.ts";
import type { Terminal } from "./terminal.ts";

/** The part of an expected error that people read. */
export interface ErrorText {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** An expected error for people: what and where, what to do, and the code to look it up by. */
export function formatError(error: ErrorText, terminal: Terminal): string {
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
export function formatBug(message: string, logFile: string, terminal: Terminal): string {
  const { errorColor, marks } = terminal;
  return (
    `${errorColor.red(marks.failed)} ${errorColor.bold(`Stopped by what nobody expected: ${message}`)}\n` +
    `  This is a bug in Gillnet. What to do: report it with ${logFile}\n`
  );
}
