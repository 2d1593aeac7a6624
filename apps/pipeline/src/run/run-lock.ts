import { PipelineError } from "@gillnet/entity";
import { currentProcess, isProcessAlive } from "@gillnet/entity/node";
import type { ProcessIdentity } from "@gillnet/entity/node";
import { randomUUID } from "node:crypto";
import { readFileSync, unlinkSync } from "node:fs";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Who holds the lock: the content of `run.lock`. */
export interface LockHolder extends ProcessIdentity {
  /** Time in UTC, ISO 8601. */
  readonly started: string;
  /** As it was typed. */
  readonly command: string;
}

/** A held lock. */
export interface RunLock {
  /** The dead process whose lock was taken over, if there was one. */
  readonly takenFrom: LockHolder | undefined;
  /** Gives the lock back; at once, so that it can be the last thing a process does. */
  readonly release: () => void;
}

/**
 * Takes the lock at `path`, so that two runs never write the same artifacts. A lock whose process has
 * ended is taken over. Error: RUN_LOCKED, naming who holds it.
 */
export async function acquireRunLock(
  path: string,
  started: Date,
  command: string,
): Promise<RunLock> {
  const self: LockHolder = { ...currentProcess(), started: started.toISOString(), command };
  const content = `${JSON.stringify(self)}\n`;
  await mkdir(dirname(path), { recursive: true });
  let takenFrom: LockHolder | undefined;
  while (!(await createWhole(path, content))) {
    const found = await readText(path);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder !== undefined && isProcessAlive(holder)) throw lockedError(path, holder);
    await removeDead(path, found);
    takenFrom = holder ?? takenFrom;
  }
  return { takenFrom, release: () => releaseLock(path, content) };
}

/** Who holds the lock at `path` now; undefined when nobody does. */
export async function readLockHolder(path: string): Promise<LockHolder | undefined> {
  const holder = parseHolder((await readText(path)) ?? "");
  return holder !== undefined && isProcessAlive(holder) ? holder : undefined;
}

/** Creates the file with all its content or, when it exists, gives false. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content, { flag: "wx" });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return false;
    // No hard links here: the second best, whose content comes a moment after its name.
    return await createExclusive(path, content);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function createExclusive(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a dead process's lock, unless another process has done so and holds the lock by now. */
async function removeDead(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return;
    throw error;
  }
  if ((await readText(aside)) !== content) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function releaseLock(path: string, content: string): void {
  try {
    // Somebody who removed it by hand may have let another run take it.
    if (readFileSync(path, "utf8") === content) unlinkSync(path);
  } catch {
    // It is gone: nothing is left to give back.
  }
}

function lockedError(path: string, holder: LockHolder): PipelineError {
  const elsewhere = holder.host !== currentProcess().host;
  const where = elsewhere ? ` on ${holder.host}` : "";
  return new PipelineError(
    "RUN_LOCKED",
    `Process ${holder.pid}${where} is running '${holder.command}' here since ${holder.started}`,
    {
      hint: elsewhere
        ? `Wait until it ends; when that machine or container is gone, delete ${path}`
        : `Wait until it ends, or stop it with: kill ${holder.pid}`,
      details: { ...holder },
    },
  );
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as LockHolder | null;
    return Number.isInteger(holder?.pid) && typeof holder?.host === "string" ? holder : undefined;
  } catch {
    return undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
}
