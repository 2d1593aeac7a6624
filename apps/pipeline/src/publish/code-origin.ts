import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { sha256File } from "@gillnet/entity/node";

/** Which code made a bundle. */
export interface CodeOrigin {
  /** 40 hexadecimal digits; null outside a git checkout, or without git. */
  readonly gitCommit: string | null;
  /** SHA-256 of pnpm-lock.yaml; null when there is none. */
  readonly lockfileSha256: string | null;
}

/** Finds the commit and the lockfile of the code in `folder`. */
export async function readCodeOrigin(folder: string): Promise<CodeOrigin> {
  return {
    gitCommit: await readCommit(folder),
    lockfileSha256: await hashNearest(folder, "pnpm-lock.yaml"),
  };
}

async function readCommit(folder: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: folder });
    const commit = stdout.trim();
    return /^[0-9a-f]{40}$/.test(commit) ? commit : null;
  } catch {
    return null;
  }
}

/** The hash of the file called `name` in `folder` or the nearest folder above that has it. */
async function hashNearest(folder: string, name: string): Promise<string | null> {
  const hash = await sha256File(join(folder, name)).catch(() => null);
  const above = dirname(folder);
  return hash ?? (above === folder ? null : hashNearest(above, name));
}
