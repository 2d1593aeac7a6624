import { parentPort, workerData } from "node:worker_threads";
import type { TransferListItem } from "node:worker_threads";

import { isPipelineError } from "@gillnet/entity";

import { runCombineTask } from "../ensemble/run-combine-task.ts";
import { buffersOf, runFitTask, runPredictTask, runScoreTask } from "../selection/run-task.ts";
import type { OnMember, SearchData, SearchTask, TaskResult } from "../selection/run-task.ts";

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

/** Milliseconds that a thread rests before it ends. */
const LAST_REST = 200;
/** How often at most a task tells how far it is. */
const PROGRESS_STEPS = 20;

// The entry of a worker thread: one task in, one answer out.
parentPort?.on("message", (task: SearchTask | null) => {
  // By then V8 has compiled what it set out to.
  if (task === null) setTimeout(() => parentPort?.close(), LAST_REST);
  else void answerTask(task);
});

async function answerTask(task: SearchTask): Promise<void> {
  let answer: WorkerAnswer;
  let buffers: readonly TransferListItem[] = [];
  let step = 0;
  const onMember: OnMember = (done, of) => {
    const reached = Math.floor((PROGRESS_STEPS * done) / of);
    if (reached === step) return;
    step = reached;
    send({ progress: done / of });
  };
  try {
    const result = await runTask(workerData as SearchData, task, onMember);
    buffers = buffersOf(result);
    answer = { ok: true, result };
  } catch (error) {
    answer = { ok: false, error: plainError(error) };
  }
  send(answer, buffers);
}

function runTask(
  data: SearchData,
  task: SearchTask,
  onMember: OnMember,
): TaskResult | Promise<TaskResult> {
  if (task.kind === "score") return runScoreTask(data, task, onMember);
  if (task.kind === "predict") return runPredictTask(data, task, onMember);
  if (task.kind === "combine") return runCombineTask(data, task);
  return runFitTask(data, task, onMember);
}

function send(message: WorkerMessage, buffers: readonly TransferListItem[] = []): void {
  parentPort?.postMessage(message, buffers);
}

function plainError(error: unknown): Extract<WorkerAnswer, { ok: false }>["error"] {
  if (isPipelineError(error)) {
    const { code, message, hint, details } = error;
    return { code, message, hint, details };
  }
  return { message: error instanceof Error ? error.message : String(error), details: {} };
}
