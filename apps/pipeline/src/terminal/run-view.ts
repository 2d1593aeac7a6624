import type { RunListener } from "../run/run-event.ts";
import { createJsonLines } from "./json-lines.ts";
import { createLiveLine } from "./live-line.ts";
import { RunScreen } from "./run-screen.ts";
import type { Terminal } from "./terminal.ts";

/** What people or scripts see of a run. */
export interface RunView {
  readonly listen: RunListener;
  readonly close: () => void;
}

/** The screen, or with `json` one line an event. */
export async function createRunView(
  terminal: Terminal,
  json: boolean,
  now: () => Date,
): Promise<RunView> {
  if (json) return { listen: createJsonLines(terminal.out, now), close: () => undefined };
  const screen = new RunScreen(terminal, await createLiveLine(terminal));
  return { listen: screen.listen, close: () => screen.close() };
}
