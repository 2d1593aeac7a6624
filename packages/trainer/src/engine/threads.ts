import { setTimeout } from "node:timers";
import { Worker } from "node:worker_threads";

/** What the owner of a thread sends it: what its tasks read, a task, or that nobody needs it any more. */
export type ThreadRequest<Data, Task> =
  | { readonly data: Data | undefined }
  | { readonly task: Task }
  | { readonly end: true };

/** Milliseconds that an idle thread is kept. */
const KEPT = 2000;

/** Idle threads by their entry. */
const idle = new Map<string, Worker[]>();

/**
 * A thread of an entry: one that another owner is done with, whose code is loaded and compiled, or a new one. It
 * knows no data yet.
 */
export function takeThread(url: URL): Worker {
  const worker = idle.get(url.href)?.pop();
  if (worker === undefined) return new Worker(url);
  forgetListeners(worker);
  worker.ref();
  return worker;
}

/** Starts threads ahead of their use, so that they load their code while this one still reads: idle ones count. */
export function startThreads(url: URL, count: number): void {
  for (let kept = idle.get(url.href)?.length ?? 0; kept < count; kept++) {
    keepThread(url, new Worker(url));
  }
}

/**
 * Gives an idle thread back. For a while the next owner may have it, then it ends by itself; it does not keep the
 * process. It is not ended from outside: Node aborts at times when V8 still compiles for a thread that is ended.
 */
export function keepThread(url: URL, worker: Worker): void {
  const kept = idle.get(url.href) ?? [];
  idle.set(url.href, kept);
  const remove = (): boolean => {
    const at = kept.indexOf(worker);
    if (at >= 0) kept.splice(at, 1);
    return at >= 0;
  };
  send(worker, { data: undefined });
  forgetListeners(worker);
  worker.on("error", remove);
  worker.on("exit", remove);
  worker.unref();
  kept.push(worker);
  setTimeout(() => {
    if (remove()) send(worker, { end: true });
  }, KEPT).unref();
}

/** Node has listeners of its own on a worker, which stay. */
function forgetListeners(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}

/** Sends a thread a request: structured clone, so arrays over shared memory are not copied. */
export function send(worker: Worker, request: ThreadRequest<unknown, unknown>): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
  worker.postMessage(request);
}
