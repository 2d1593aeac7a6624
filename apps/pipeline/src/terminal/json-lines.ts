import type { OutputStream } from "./terminal.ts";

/** Any event: the members besides `event` are its own. */
export interface JsonEvent {
  readonly event: string;
  readonly [member: string]: unknown;
}

/** Progress more often than this helps no reader. */
const PROGRESS_MILLISECONDS = 200;

/** Writes one JSON object a line: `event` first, then `time` (UTC), then the event's own fields. */
export function createJsonLines(out: OutputStream, now: () => Date): (event: JsonEvent) => void {
  let lastProgress = -Infinity;
  return (event) => {
    const time = now();
    if (event.event === "stage.progress") {
      if (time.getTime() - lastProgress < PROGRESS_MILLISECONDS) return;
      lastProgress = time.getTime();
    }
    const { event: name, ...fields } = event;
    out.write(`${JSON.stringify({ event: name, time: time.toISOString(), ...fields })}\n`);
  };
}
