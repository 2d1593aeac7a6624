import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { apiError, apiErrors } from "../errors.ts";
import type { ApiLogger } from "../logger.ts";
import { outputLines } from "./output-lines.ts";
import type { TrainingRequest } from "./training-request.ts";
import { TrainingRun } from "./training-run.ts";
import type { TrainingError, TrainingState } from "./training-run.ts";

export interface TrainerOptions {
  /** The pipeline's main.js, absolute. */
  readonly command: string;
  /** Its pipeline.yaml, absolute. */
  readonly configFile: string;
  /** What the pipeline gets to see of the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: ApiLogger;
}

/** Runs that are remembered; the oldest is forgotten first. */
const KEPT_RUNS = 20;

/** Of what a run says on standard error so much is kept, for the log. */
const KEPT_COMPLAINT = 4_096;

/** The pipeline's exit codes for SIGINT and SIGTERM. */
const INTERRUPTED: ReadonlySet<number | null> = new Set([130, 143]);

/**
 * Runs the pipeline's command line as a process of its own, one run at a time. What a run publishes the
 * server takes up as it does any new version; nothing else passes between the two.
 */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #runs = new Map<string, TrainingRun>();
  #underWay: { readonly run: TrainingRun; readonly child: ChildProcess } | null = null;
  #isClosed = false;
  #onIdle: () => void = () => undefined;

  constructor(options: TrainerOptions) {
    this.#options = options;
  }

  /**
   * Starts a run. Throws API_TRAINING_BUSY naming the one under way, and API_TRAINING_UNAVAILABLE when
   * the pipeline is not there or the server is stopping.
   */
  start(request: TrainingRequest): TrainingRun {
    const { command, configFile, environment, logger } = this.#options;
    if (this.#isClosed) throw apiError("API_TRAINING_UNAVAILABLE", "The server is stopping");
    if (this.#underWay !== null) {
      const { id, state, started, events } = this.#underWay.run.answer;
      throw apiError("API_TRAINING_BUSY", `Run ${id} is under way since ${started}`, {
        details: { id, state, events },
      });
    }
    if (!existsSync(command)) {
      throw apiError("API_TRAINING_UNAVAILABLE", "The pipeline's program is not there");
    }
    const run = new TrainingRun(request);
    // No shell, and one argument a setting: whatever it holds, it stays the value of --set.
    const settings = request.set.map((setting) => `--set=${setting}`);
    const force = request.force ? ["--force"] : [];
    const child = spawn(
      process.execPath,
      [command, "--json", "--config", configFile, ...settings, "run", ...force],
      // A group of its own: a Ctrl-C meant for the server reaches the run as one SIGTERM, from `close`.
      { env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true },
    );
    this.#remember(run);
    this.#underWay = { run, child };
    logger.info(`Training ${run.id} started`, {
      event: "training.started",
      training: run.id,
      pid: child.pid,
      settings: request.set.map((setting) => setting.slice(0, setting.indexOf("="))),
      force: request.force,
    });
    this.#follow(run, child);
    return run;
  }

  /** A run that is remembered. Throws API_TRAINING_UNKNOWN. */
  find(id: string): TrainingRun {
    const run = this.#runs.get(id);
    if (run !== undefined) return run;
    throw apiError("API_TRAINING_UNKNOWN", `There is no run ${id.slice(0, 80)}`);
  }

  /**
   * Starts no more runs and tells the one under way to stop; what has not after `limitMs` is killed.
   * Resolves when none is left.
   */
  async close(limitMs: number): Promise<void> {
    this.#isClosed = true;
    if (this.#underWay === null) return;
    const { child } = this.#underWay;
    const idle = new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
    signalGroup(child, "SIGTERM");
    const timer = setTimeout(() => signalGroup(child, "SIGKILL"), limitMs);
    await idle;
    clearTimeout(timer);
  }

  #remember(run: TrainingRun): void {
    this.#runs.set(run.id, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > KEPT_RUNS && oldest !== undefined) this.#runs.delete(oldest);
  }

  #follow(run: TrainingRun, child: ChildProcess): void {
    const { logger } = this.#options;
    const lines = outputLines((line) => {
      const told = readLine(line);
      if (told !== null) run.add(told.event, told.data);
      else logger.debug("The pipeline wrote a line that is no event", { training: run.id, line });
    });
    let complaint = "";
    child.stdout?.setEncoding("utf8").on("data", lines.push);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-KEPT_COMPLAINT);
    });
    const end = (code: number | null, signal: string | null, error: TrainingError): void => {
      if (!run.isRunning) return;
      lines.end();
      const state = stateOf(code, signal);
      this.#underWay = null;
      run.end(state, code, state === "succeeded" ? null : error);
      logger[state === "failed" ? "warn" : "info"](`Training ${run.id} ${state}`, {
        event: "training.ended",
        training: run.id,
        exitCode: code,
        ...(state === "failed" ? { code: run.answer.error?.code, complaint } : {}),
      });
      this.#onIdle();
    };
    child.once("error", (error) =>
      end(null, null, failure(`The pipeline could not be started: ${error.message}`)),
    );
    child.once("close", (code, signal) =>
      end(code, signal, failure(`The pipeline ended with ${code ?? signal} and did not say why`)),
    );
  }
}

function failure(message: string): TrainingError {
  return { code: "API_TRAINING_FAILED", message, hint: apiErrors.API_TRAINING_FAILED.remedy };
}

function stateOf(code: number | null, signal: string | null): Exclude<TrainingState, "running"> {
  if (code === 0) return "succeeded";
  return signal !== null || INTERRUPTED.has(code) ? "interrupted" : "failed";
}

/** A line of `--json`: an object that names its event; null for anything else. */
function readLine(line: string): { event: string; data: Record<string, unknown> } | null {
  try {
    const data = JSON.parse(line) as Record<string, unknown> | null;
    const event = data?.["event"];
    // The name becomes a line of the event stream: nothing in it may end one.
    return data !== null && typeof event === "string" && /^[\w.-]{1,64}$/.test(event)
      ? { event, data }
      : null;
  } catch {
    return null;
  }
}

/** Signals the process and all that it started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid as number), signal);
  } catch {
    // The group is gone, or this system knows none: then the process alone.
    child.kill(signal);
  }
}
