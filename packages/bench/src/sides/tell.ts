import type { SideProgress } from "./run-side.ts";
import type { SideAnswer } from "./jobs.ts";

/** A line to the process that waits for this one. */
export function tellProgress(progress: SideProgress): void {
  process.stdout.write(`${JSON.stringify({ event: "progress", ...progress })}\n`);
}

/** The last line. */
export function tellResult(answer: SideAnswer): void {
  process.stdout.write(`${JSON.stringify({ event: "result", ...answer })}\n`);
}
