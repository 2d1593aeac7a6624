import { once } from "node:events";
import { join } from "node:path";
import type { Logger } from "@gillnet/entity";
import type { Logger as WinstonLogger } from "winston";
import { summarizeStage, summarizeVerdict } from "../terminal/stage-summary.ts";
import type { Redactor } from "./redactor.ts";
import type { RunEvent, RunListener } from "./run-event.ts";

interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/**
 * The log of a run: JSON lines in `run.log` of its folder. Lines that come before the folder is there
 * are kept until it is; a run that makes no folder has no log, and never loads the log's library.
 */
export class RunLog {
  readonly #redact: Redactor;
  readonly #now: () => Date;
  readonly #waiting: LogLine[] = [];
  #winston: WinstonLogger | undefined;
  #path: string | undefined;

  constructor(redact: Redactor, now: () => Date) {
    this.#redact = redact;
    this.#now = now;
  }

  /** Where the log is; undefined before `open`. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Writes to `run.log` in `folder` from now on, beginning with the lines that waited. */
  async open(folder: string): Promise<void> {
    const { createLogger, format, transports } = await import("winston");
    this.#path = join(folder, "run.log");
    this.#winston = createLogger({
      level: "debug",
      format: format.json(),
      transports: [new transports.File({ filename: this.#path })],
    });
    for (const line of this.#waiting.splice(0)) this.#winston.log(line);
  }

  write(line: LogLine): void {
    const stamped = this.#redact({ time: this.#now().toISOString(), ...line });
    if (this.#winston === undefined) this.#waiting.push(stamped);
    else this.#winston.log(stamped);
  }

  /** Writes what stopped the run, with its stack: the only place that shows one. */
  writeError(error: unknown): void {
    const { code, message, stack } = error as { code?: unknown; message?: string; stack?: string };
    const text = message ?? String(error);
    this.write({ level: "error", event: "run.stopped", message: text, code, stack });
  }

  /** A listener that writes every event but progress, which would drown the rest. */
  readonly listen: RunListener = (event) => {
    if (event.event === "stage.progress") return;
    const { event: name, ...fields } = event;
    const level = name === "warning" ? "warn" : name === "stage.failed" ? "error" : "info";
    this.write({ ...withoutArtifacts(fields), level, event: name, message: describe(event) });
  };

  /** The logger that a stage gets. Warnings go out as events, so that people see them too. */
  stageLogger(stage: string, emit: RunListener): Logger {
    const write =
      (level: "debug" | "info") =>
      (event: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
        this.write({ ...fields, stage, level, event, message });
    return {
      debug: write("debug"),
      info: write("info"),
      warn: (code, message) => emit({ event: "warning", code, message }),
    };
  }

  /** Ends the file; every line is in it when the promise resolves. */
  async close(): Promise<void> {
    if (this.#winston === undefined) return;
    const [file] = this.#winston.transports;
    const finished = file === undefined ? undefined : once(file, "finish");
    this.#winston.end();
    await finished;
  }
}

/** The human line of an event. */
function describe(event: RunEvent): string {
  switch (event.event) {
    case "run.started":
      return `Gillnet ${event.gillnet} runs ${event.name} with seed ${event.seed}`;
    case "source.resolved":
      return `The rows come from ${event.source.name}`;
    case "run.created":
      return `This is run ${event.run}`;
    case "stage.started":
      return `${event.stage} runs: ${event.reasons.join("; ")}`;
    case "stage.progress":
      return `${event.stage}: ${event.message}`;
    case "stage.skipped":
      return `${event.stage} is taken from run ${event.from}: ${event.reasons.join("; ")}`;
    case "stage.finished":
      return `${event.stage} is done: ${summarizeStage(event.artifact)}`;
    case "stage.failed":
      return `${event.stage} stopped: ${event.message}`;
    case "run.judged":
      return summarizeVerdict(event.trainer, event.ingestion);
    case "run.published":
      return `Version ${event.version} is live`;
    case "tracking.started":
      return `The run is sent to ${event.server}`;
    case "run.tracked":
      return `The run is tracked: ${event.url}`;
    case "run.finished":
      return `Run ${event.run} ${event.outcome}`;
    case "warning":
      break;
  }
  return event.message;
}

/** Artifacts are in their own files; a log line repeats none of them. */
function withoutArtifacts(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !["artifact", "ingestion", "trainer"].includes(name)),
  );
}
