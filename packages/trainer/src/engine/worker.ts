import { parentPort, workerData } from "node:worker_threads";
import type { TransferListItem } from "node:worker_threads";

import { isPipelineError } from "@gillnet/entity";

import { buffersOf, runTask } from "../selection/run-task.ts";
import type { SearchData, SearchTask } from "../selection/run-task.ts";

/** What a worker sends back for each task. An error without a code is no PipelineError. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: {
        readonly code?: string;
        readonly message: string;
        readonly hint?: string | undefined;
        readonly details: Readonly<Record<string, unknown>>;
      };
    };

// The entry of a worker thread: one task in, one answer out.
parentPort?.on("message", (task: SearchTask) => {
  let answer: WorkerAnswer;
  let buffers: readonly TransferListItem[] = [];
  try {
    const result = runTask(workerData as SearchData, task);
    buffers = buffersOf(result);
    answer = { ok: true, result };
  } catch (error) {
    answer = { ok: false, error: plainError(error) };
  }
  parentPort?.postMessage(answer, buffers);
});

function plainError(error: unknown): Extract<WorkerAnswer, { ok: false }>["error"] {
  if (isPipelineError(error)) {
    const { code, message, hint, details } = error;
    return { code, message, hint, details };
  }
  return { message: error instanceof Error ? error.message : String(error), details: {} };
}
