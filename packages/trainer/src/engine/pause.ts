import { setImmediate as nextTurn } from "node:timers/promises";

/** Lets other work of this thread go first, so that a signal can be aborted between two steps that take long. */
export async function pause(signal: AbortSignal): Promise<void> {
  await nextTurn();
  signal.throwIfAborted();
}
