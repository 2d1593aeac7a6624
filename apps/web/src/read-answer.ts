import type { AnswerTable } from "./answer-table.ts";
import type { AnswerWork } from "./answer-worker.ts";
import { RequestFailed, unreadableAnswer } from "./failure.ts";

/**
 * Reads an answer in a worker; the two buffers are handed over to it. Throws RequestFailed; never settles
 * once the signal is aborted.
 */
export function readAnswer(work: AnswerWork, signal: AbortSignal): Promise<AnswerTable> {
  const worker = new Worker(new URL("./answer-worker.ts", import.meta.url), { type: "module" });
  const end = (): void => worker.terminate();
  signal.addEventListener("abort", end);
  return new Promise<AnswerTable>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<AnswerTable>) => resolve(data));
    worker.addEventListener("error", () => reject(new RequestFailed(unreadableAnswer)));
    worker.postMessage(work, [work.body, work.file]);
  }).finally(end);
}
