import { isPipelineError } from "@gillnet/entity";

/** An error for people: what, what to do, and the code to look it up by. */
export function errorLines(error: unknown): string {
  if (!isPipelineError(error)) {
    return `✗ Stopped by what nobody expected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
  }
  const hint = error.hint === undefined ? "" : `  What to do: ${error.hint}\n`;
  return `✗ ${error.message}\n${hint}  Code ${error.code}, see docs/errors.md\n`;
}
