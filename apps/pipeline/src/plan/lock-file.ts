import type { StageName } from "@gillnet/entity";
import { writeFileAtomic } from "@gillnet/entity/node";
import { readFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import type { StageKey } from "./stage-key.ts";

/** What the last good run of a stage used and made. */
export interface LockedStage {
  readonly key: string;
  readonly code: StageKey["code"];
  readonly params: StageKey["params"];
  readonly inputs: StageKey["inputs"];
  /** SHA-256 by file, relative to the stage's folder. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The run that holds the artifact. */
  readonly run: string;
}

export type LockedStages = { readonly [S in StageName]?: LockedStage };

const VERSION = 1;
const HEADER = "# Written by pnpm pipeline run: what each stage last used and made. Do not edit.\n";

/** Reads `pipeline.lock.yaml`. No file: no stages. One that cannot be read: no stages, and why. */
export async function readLockFile(
  path: string,
): Promise<{ stages: LockedStages; problem?: string }> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return { stages: {} };
    throw error;
  }
  try {
    const lock = parse(text) as { version?: unknown; stages?: unknown } | null;
    if (lock?.version !== VERSION) {
      return { stages: {}, problem: `its version is ${String(lock?.version)}, not ${VERSION}` };
    }
    if (!hasLockedStages(lock.stages)) {
      return { stages: {}, problem: "its stages are not what a run writes" };
    }
    return { stages: lock.stages };
  } catch {
    return { stages: {}, problem: "it is not YAML" };
  }
}

/** Writes the lock file: keys sorted, at once or not at all. */
export async function writeLockFile(path: string, stages: LockedStages): Promise<void> {
  const lock = { version: VERSION, stages };
  // Anchors would make equal code versions of two stages hard to read and to diff.
  const text = stringify(lock, {
    sortMapEntries: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  await writeFileAtomic(path, HEADER + text);
}

function hasLockedStages(stages: unknown): stages is LockedStages {
  return (
    isObject(stages) &&
    Object.values(stages).every(
      (stage) =>
        isObject(stage) &&
        typeof stage["key"] === "string" &&
        typeof stage["run"] === "string" &&
        ["code", "params", "inputs", "outputs"].every((part) => isObject(stage[part])),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
