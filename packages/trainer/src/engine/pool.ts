import type { Worker } from "node:worker_threads";

import { PipelineError } from "@gillnet/entity";

import { keepThread, send, takeThread } from "./threads.ts";
import type { WorkerAnswer, WorkerMessage } from "./worker.ts";

/** Stands at the same depth in src and dist, so this names the built worker from both. */
export const WORKER_URL: URL = new URL("../../dist/engine/worker.js", import.meta.url);

interface WaitingTask {
  readonly task: unknown;
  readonly onProgress: (share: number) => void;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Worker threads that run tasks over data they share. Tasks start in the order in which they are handed in,
 * each on the next free thread; results do not depend on which. Even a pool of one leaves this thread free
 * to answer signals and show progress.
 *
 * When the signal is aborted all threads are stopped at once, and every task that has not ended rejects with
 * the signal's reason. A thread that dies fails the tasks that have not ended with TRAINER_WORKER_FAILED.
 */
export class WorkerPool {
  readonly #data: unknown;
  readonly #size: number;
  readonly #signal: AbortSignal;
  readonly #url: URL;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #waiting: WaitingTask[] = [];
  readonly #running = new Map<Worker, WaitingTask>();
  /** Why the pool takes no more tasks. */
  #stopped: { readonly reason: unknown } | undefined;
  readonly #onAbort = (): void => this.#stop(this.#signal.reason);

  /**
   * @param data what tasks read: structured clone, so arrays over shared memory are not copied
   * @param size threads at most; they start when tasks need them
   * @param url the threads' entry: it takes ThreadRequests, and answers each task with a WorkerAnswer
   */
  constructor(data: unknown, size: number, signal: AbortSignal, url: URL = WORKER_URL) {
    this.#data = data;
    this.#size = size;
    this.#signal = signal;
    this.#url = url;
    signal.addEventListener("abort", this.#onAbort, { once: true });
    if (signal.aborted) this.#stop(signal.reason);
  }

  /**
   * Runs a task on some thread. Rejects with the task's own PipelineError, or as said above.
   *
   * @param onProgress called now and then with the share of the task that is done
   */
  run<Result>(task: unknown, onProgress: (share: number) => void = () => {}): Promise<Result> {
    const result = new Promise<unknown>((resolve, reject) => {
      this.#waiting.push({ task, onProgress, resolve, reject });
    });
    if (this.#stopped) this.#rejectAll(this.#stopped.reason);
    else {
      if (this.#idle.length === 0 && this.#workers.size < this.#size) this.#start();
      this.#dispatch();
    }
    return result as Promise<Result>;
  }

  /** Ends what runs; tasks that have not ended reject. Idle threads are kept for the next pool. */
  async close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#onAbort);
    const idle = this.#stopped ? [] : this.#idle.splice(0);
    for (const worker of idle) {
      this.#workers.delete(worker);
      keepThread(this.#url, worker);
    }
    this.#stop(new PipelineError("TRAINER_WORKER_FAILED", "The pool of workers was closed"));
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #start(): void {
    const worker = takeThread(this.#url);
    send(worker, { data: this.#data });
    this.#workers.add(worker);
    this.#idle.push(worker);
    worker.on("message", (message: WorkerMessage) => {
      const ended = this.#running.get(worker);
      if ("progress" in message) {
        ended?.onProgress(message.progress);
        return;
      }
      this.#running.delete(worker);
      this.#idle.push(worker);
      if (message.ok) ended?.resolve(message.result);
      else ended?.reject(errorFrom(message.error));
      this.#dispatch();
    });
    worker.on("error", (error) => this.#stop(workerFailed(error.message, error)));
    worker.on("exit", (code) => this.#stop(workerFailed(`it exited with code ${code}`)));
  }

  #dispatch(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const worker = this.#idle.pop() as Worker;
      const next = this.#waiting.shift() as WaitingTask;
      this.#running.set(worker, next);
      send(worker, { task: next.task });
    }
  }

  #stop(reason: unknown): void {
    if (this.#stopped) return;
    this.#stopped = { reason };
    for (const worker of this.#workers) void worker.terminate();
    this.#rejectAll(reason);
  }

  #rejectAll(reason: unknown): void {
    for (const task of [...this.#running.values(), ...this.#waiting]) task.reject(reason);
    this.#running.clear();
    this.#waiting.length = 0;
  }
}

/** An error as it was before it crossed the threads' border. */
function errorFrom(error: Extract<WorkerAnswer, { ok: false }>["error"]): PipelineError {
  const { code, message, hint, details } = error;
  return code === undefined
    ? workerFailed(message)
    : new PipelineError(code, message, { ...(hint !== undefined && { hint }), details });
}

function workerFailed(what: string, cause?: unknown): PipelineError {
  return new PipelineError("TRAINER_WORKER_FAILED", `A worker of the trainer failed: ${what}`, {
    hint: "With little memory, lower --jobs or the size of the search",
    ...(cause !== undefined && { cause }),
  });
}
