import { answerTable, buffersOf } from "./answer-table.ts";
import type { ModelClasses, PredictionAnswer } from "./api-types.ts";

/** An answer's JSON and the file that it is about, as bytes. */
export interface AnswerWork {
  readonly body: ArrayBuffer;
  readonly file: ArrayBuffer;
  readonly classes: ModelClasses;
}

/** Reads a large answer beside the page, which goes on listening meanwhile. An error ends it unanswered. */
addEventListener("message", ({ data }: MessageEvent<AnswerWork>) => {
  const decoder = new TextDecoder();
  const answer = JSON.parse(decoder.decode(data.body)) as PredictionAnswer;
  const table = answerTable(answer, decoder.decode(data.file), data.classes);
  postMessage(table, { transfer: buffersOf(table) });
});
