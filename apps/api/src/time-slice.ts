import { setImmediate } from "node:timers/promises";

/** Rows to predict between two pauses. */
export const ROWS_AT_ONCE = 128;

/** How long work may hold the event loop before other requests get their turn, in milliseconds. */
const SLICE_MS = 8;

/**
 * Lets long work share the event loop: `await pause()` between small pieces of it costs next to nothing
 * until 8 ms have gone by since the last rest, then lets waiting requests run. Throws the signal's reason
 * once it is aborted, so that work for a client that has left ends.
 */
export function timeSlicer(signal: AbortSignal): () => Promise<void> {
  let sliceStart = performance.now();
  return async () => {
    if (performance.now() - sliceStart >= SLICE_MS) {
      await setImmediate();
      sliceStart = performance.now();
    }
    signal.throwIfAborted();
  };
}
