import type { AnswerTable } from "./answer-table.ts";
import type { Failure } from "./failure.ts";
import { durationText } from "./number-text.ts";

/** What a job is doing: sending the file, waiting for the predictions, receiving and arranging them. */
export type Phase = "sending" | "predicting" | "receiving";

export interface Job {
  /** Counts up, so that what a superseded job still says is not heard. */
  readonly id: number;
  readonly fileName: string;
  readonly phase: Phase;
  /** From 0 to 1 where it is known how much is done. */
  readonly share: number | null;
}

export interface Answered {
  readonly kind: "answered";
  readonly id: number;
  readonly fileName: string;
  readonly table: AnswerTable;
  readonly milliseconds: number;
}

interface Failed {
  readonly kind: "failed";
  readonly id: number;
  readonly fileName: string;
  readonly failure: Failure;
}

export interface UploadState {
  readonly job: Job | null;
  /** Of the last job that ended; stays while another one is under way, and when that one is cancelled. */
  readonly outcome: Answered | Failed | null;
}

export type UploadEvent =
  | { readonly kind: "started"; readonly id: number; readonly fileName: string }
  | ({ readonly kind: "progressed" } & Pick<Job, "id" | "phase" | "share">)
  | Omit<Answered, "fileName">
  | Omit<Failed, "fileName">
  | { readonly kind: "cancelled"; readonly id: number };

export const nothingGiven: UploadState = { job: null, outcome: null };

/** The state after an event. Events of a job that is over, or that another took the place of, change nothing. */
export function uploadReducer(state: UploadState, event: UploadEvent): UploadState {
  if (event.kind === "started") {
    const { id, fileName } = event;
    return { ...state, job: { id, fileName, phase: "sending", share: 0 } };
  }
  const { job } = state;
  if (job === null || job.id !== event.id) return state;
  if (event.kind === "cancelled") return { ...state, job: null };
  if (event.kind === "progressed") {
    return { ...state, job: { ...job, phase: event.phase, share: event.share } };
  }
  return { job: null, outcome: { ...event, fileName: job.fileName } };
}

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  sending: "Sending",
  predicting: "Predicting the rows of",
  receiving: "Receiving the predictions for",
};

/** What a job is doing, as a sentence without a full stop. */
export function jobText({ fileName, phase }: Job): string {
  return `${PHASE_WORDS[phase]} ${fileName}`;
}

/** What a screen reader says when the state has changed; a failure speaks for itself, as an alert. */
export function announcement({ job, outcome }: UploadState): string {
  if (job !== null) return `${jobText(job)}.`;
  if (outcome?.kind !== "answered") return "";
  return `${outcome.table.summary}. Answered in ${durationText(outcome.milliseconds)}.`;
}
