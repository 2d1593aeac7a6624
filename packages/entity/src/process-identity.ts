import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** One process of one machine, so that a number that was given out again is told from it. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in clock ticks since the machine did; null where the system does not say. */
  readonly startTicks: number | null;
}

/** This process. */
export function currentProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    startTicks: readProcessStatus(process.pid)?.startTicks ?? null,
  };
}

/**
 * Whether a process still runs. One of another machine cannot be asked and counts as running; a
 * zombie, and a process that got the number of one that ended, do not.
 */
export function isProcessAlive(identity: ProcessIdentity): boolean {
  if (identity.host !== hostname()) return true;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if ((error as { code?: string }).code !== "EPERM") return false;
  }
  const status = readProcessStatus(identity.pid);
  if (status === undefined) return true;
  if (status.state === "Z" || status.state === "X") return false;
  return identity.startTicks === null || identity.startTicks === status.startTicks;
}

/** State and start of a process as Linux tells them; undefined on other systems. */
function readProcessStatus(pid: number): { state: string; startTicks: number } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // "pid (name) state ppid ..."; the name may hold spaces and parentheses. The start is field 22.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", startTicks: Number(fields[19]) };
}
