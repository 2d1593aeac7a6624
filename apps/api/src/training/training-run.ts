import { randomUUID } from "node:crypto";
import type { TrainingRequest } from "./training-request.ts";

export type TrainingState = "running" | "succeeded" | "failed" | "interrupted";

/** Why a run did not end well, as the pipeline said it. */
export interface TrainingError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** A run as answers describe it. */
export interface TrainingAnswer {
  readonly id: string;
  readonly state: TrainingState;
  /** Times in UTC, ISO 8601. */
  readonly started: string;
  readonly ended: string | null;
  readonly set: readonly string[];
  readonly force: boolean;
  /** The pipeline's name of the run, as `pnpm pipeline show` takes it; null before there is one. */
  readonly run: string | null;
  /** The published version that holds the run's model; null as long as there is none. */
  readonly version: number | null;
  /** Null while it runs, and when a signal ended it. */
  readonly exitCode: number | null;
  readonly error: TrainingError | null;
  /** Where its events are. */
  readonly events: string;
}

/** One of the pipeline's events, or `training.ended`, the last one. */
export interface TrainingEvent {
  /** 1 for the first; ascending. */
  readonly id: number;
  readonly event: string;
  /** The event as it was told: `event`, `time` and its own members. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The name of every run's last event; its data are the run's answer. */
export const LAST_EVENT = "training.ended";

/** Events that are kept of one run; of progress the newest of each stage, so that hours of it fit. */
const KEPT_EVENTS = 1_000;

/** One run of the pipeline: what it was asked, what it told so far, and who listens. */
export class TrainingRun {
  readonly id: string = randomUUID();
  readonly #request: TrainingRequest;
  readonly #started: string = new Date().toISOString();
  readonly #events: TrainingEvent[] = [];
  readonly #listeners = new Set<(event: TrainingEvent) => void>();
  #lastId = 0;
  #state: TrainingState = "running";
  #ended: string | null = null;
  #run: string | null = null;
  #version: number | null = null;
  #exitCode: number | null = null;
  #error: TrainingError | null = null;

  constructor(request: TrainingRequest) {
    this.#request = request;
  }

  get isRunning(): boolean {
    return this.#state === "running";
  }

  get answer(): TrainingAnswer {
    return {
      id: this.id,
      state: this.#state,
      started: this.#started,
      ended: this.#ended,
      set: this.#request.set,
      force: this.#request.force,
      run: this.#run,
      version: this.#version,
      exitCode: this.#exitCode,
      error: this.#error,
      events: `/api/v1/train/${this.id}/events`,
    };
  }

  /** What happened after the event of this id; 0: all of it. */
  eventsAfter(id: number): readonly TrainingEvent[] {
    return this.#events.filter((event) => event.id > id);
  }

  /** Tells `listener` every event from now on, until the function that it gives is called. */
  listen(listener: (event: TrainingEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an event of the pipeline. */
  add(event: string, data: Readonly<Record<string, unknown>>): void {
    if (event === "run.created" || event === "run.finished") this.#run = textOf(data["run"]);
    if (event === "run.finished" && typeof data["published"] === "number") {
      this.#version = data["published"];
    }
    if (event === "error") {
      this.#error = {
        code: textOf(data["code"]) ?? "UNEXPECTED",
        message: textOf(data["message"]) ?? "",
        hint: textOf(data["hint"]),
      };
    }
    if (event === "stage.progress") this.#forgetProgress(data["stage"]);
    this.#tell(event, data);
  }

  /** Ends the run; `error` counts when the pipeline itself named none. The last event is told. */
  end(
    state: Exclude<TrainingState, "running">,
    exitCode: number | null,
    error: TrainingError | null,
  ): void {
    this.#state = state;
    this.#exitCode = exitCode;
    this.#error ??= error;
    this.#ended = new Date().toISOString();
    this.#tell(LAST_EVENT, { event: LAST_EVENT, time: this.#ended, ...this.answer });
    this.#listeners.clear();
  }

  #tell(event: string, data: Readonly<Record<string, unknown>>): void {
    const told: TrainingEvent = { id: ++this.#lastId, event, data };
    this.#events.push(told);
    if (this.#events.length > KEPT_EVENTS) this.#events.shift();
    for (const listener of this.#listeners) listener(told);
  }

  #forgetProgress(stage: unknown): void {
    const index = this.#events.findLastIndex(
      ({ event, data }) => event === "stage.progress" && data["stage"] === stage,
    );
    if (index >= 0) this.#events.splice(index, 1);
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
