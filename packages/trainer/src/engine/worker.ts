import { parentPort } from "node:worker_threads";
import type { TransferListItem } from "node:worker_threads";

import { isPipelineError } from "@gillnet/entity";

import { runCombineTask } from "../ensemble/run-combine-task.ts";
import { buffersOf, runFitTask, runPredictTask, runScoreTask } from "../selection/run-task.ts";
import type { OnMember, SearchData, SearchTask, TaskResult } from "../selection/run-task.ts";
import type { ThreadRequest } from "./threads.ts";

/** What a worker sends: for each task one answer, and before it how far it is. */
export type WorkerMessage = WorkerAnswer | { readonly progress: number };

/** How a task ended. An error without a code is no PipelineError. */
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

/** How often at most a task tells how far it is. */
const PROGRESS_STEPS = 20;

// The entry of a worker thread: one task in, one answer out.
let data: SearchData | undefined;
parentPort?.on("message", (request: ThreadRequest<SearchData, SearchTask>) => {
  if ("task" in request) void answerTask(data as SearchData, request.task);
  else if ("data" in request) data = request.data;
  else parentPort?.close();
});

async function answerTask(read: SearchData, task: SearchTask): Promise<void> {
  let answer: WorkerAnswer;
  let buffers: readonly TransferListItem[] = [];
  let step = 0;
  const onMember: OnMember = (done, of) => {
    const reached = Math.floor((PROGRESS_STEPS * done) / of);
    if (reached === step) return;
    step = reached;
    answerWith({ progress: done / of });
  };
  try {
    const result = await runTask(read, task, onMember);
    buffers = buffersOf(result);
    answer = { ok: true, result };
  } catch (error) {
    answer = { ok: false, error: plainError(error) };
  }
  answerWith(answer, buffers);
}

function runTask(
  read: SearchData,
  task: SearchTask,
  onMember: OnMember,
): TaskResult | Promise<TaskResult> {
  if (task.kind === "score") return runScoreTask(read, task, onMember);
  if (task.kind === "predict") return runPredictTask(read, task, onMember);
  if (task.kind === "combine") return runCombineTask(read, task);
  return runFitTask(read, task, onMember);
}

function answerWith(message: WorkerMessage, buffers: readonly TransferListItem[] = []): void {
  parentPort?.postMessage(message, buffers);
}

function plainError(error: unknown): Extract<WorkerAnswer, { ok: false }>["error"] {
  if (isPipelineError(error)) {
    const { code, message, hint, details } = error;
    return { code, message, hint, details };
  }
  return { message: error instanceof Error ? error.message : String(error), details: {} };
}
