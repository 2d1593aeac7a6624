import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { PipelineError } from "@gillnet/entity";
import { FOLDERS } from "../folders.ts";

/** A process to run. */
export interface SideCommand {
  /** For messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absent: it may take as long as it takes. */
  readonly timeLimitSeconds?: number;
  /** False: nothing is expected but that it ends well. */
  readonly answers?: boolean;
}

/** How far a process is. */
export interface SideProgress {
  readonly share?: number;
  readonly message?: string;
}

/** Between asking a process to end and ending it. */
const GRACE_MILLISECONDS = 2000;
const KEPT_OUTPUT = 4000;

const running = new Set<ChildProcess>();

/** Ends at once what is still running, grandchildren included. */
export function killSides(): void {
  for (const child of running) killGroup(child, "SIGKILL");
}

/**
 * Runs a process and gives what it answers: the object of the last line that is JSON with the event "result". Lines
 * with the event "progress" are passed on; others are its own talk. The process is a group of its own, so that its
 * children end with it.
 *
 * @throws PipelineError BENCH_SIDE_FAILED, BENCH_SIDE_SLOW; the signal's reason when it is aborted.
 */
export async function runSide(
  { name, command, args, environment, timeLimitSeconds, answers = true }: SideCommand,
  signal: AbortSignal,
  onProgress: (progress: SideProgress) => void = () => {},
): Promise<unknown> {
  signal.throwIfAborted();
  const child = spawn(command, args, {
    env: { ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  let tail = "";
  let answer: unknown;
  let slow = false;
  const keep = (line: string): void => {
    tail = `${tail}${line}\n`.slice(-KEPT_OUTPUT);
  };
  const stop = (): void => {
    killGroup(child, "SIGTERM");
    setTimeout(() => killGroup(child, "SIGKILL"), GRACE_MILLISECONDS).unref();
  };
  const limit =
    timeLimitSeconds === undefined
      ? undefined
      : setTimeout(() => {
          slow = true;
          stop();
        }, timeLimitSeconds * 1000);
  signal.addEventListener("abort", stop, { once: true });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = parseEvent(line);
    if (said?.event === "result") answer = said;
    else if (said?.event === "progress") onProgress(said);
    else keep(line);
  });
  createInterface({ input: child.stderr }).on("line", keep);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode, endedBy) => resolve(exitCode ?? endedBy ?? "?"));
    }).catch((error: unknown) => {
      throw new PipelineError("BENCH_SIDE_FAILED", `${name} could not be started: ${command}`, {
        hint: "Check that the program is there and can be run",
        cause: error,
      });
    });
    signal.throwIfAborted();
    if (slow) {
      throw new PipelineError(
        "BENCH_SIDE_SLOW",
        `Not finished after ${timeLimitSeconds} s, and stopped`,
      );
    }
    if (code !== 0 || (answers && answer === undefined)) {
      throw new PipelineError(
        "BENCH_SIDE_FAILED",
        `${name} ended with ${code} instead of an answer: ${tellingLine(tail)}`,
        { hint: "See the end of its output", details: { output: tail } },
      );
    }
    return answer;
  } finally {
    clearTimeout(limit);
    signal.removeEventListener("abort", stop);
    // What it started and left behind (worker pools) must not disturb the next one.
    killGroup(child, "SIGKILL");
    running.delete(child);
  }
}

function parseEvent(line: string): ({ readonly event: string } & SideProgress) | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as { event: string };
  } catch {
    return undefined;
  }
}

/** The last line that names an error, else the last one; paths begin at the repository's root. */
function tellingLine(text: string): string {
  const lines = text.trim().replaceAll(`${FOLDERS.root}/`, "").split("\n");
  return lines.findLast((line) => /error/i.test(line)) ?? (lines.at(-1) || "it said nothing");
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
