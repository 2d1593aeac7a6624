import { STAGE_NAMES } from "@gillnet/entity";
import type { StageName } from "@gillnet/entity";
import type { ArtifactStore } from "@gillnet/entity/node";
import { writeFileAtomic } from "@gillnet/entity/node";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { GateVerdict } from "../publish/gates.ts";

/** How one stage of a run went. */
export interface StageRecord {
  readonly status: "ran" | "skipped" | "failed";
  /** The run whose artifact was taken; null unless skipped. */
  readonly from: string | null;
  /** The hash of the stage's key. */
  readonly key: string;
  /** The hash of its artifact's content; null when it failed. */
  readonly contentHash: string | null;
  readonly seconds: number;
  readonly reasons: readonly string[];
}

/** How a run ended; `rejected` when validation or a gate said no. `running` also stands when the process was killed. */
export type RunOutcome = "running" | "succeeded" | "rejected" | "failed" | "interrupted";

/** The content of `run.json`: what ran, from what, why, and how it ended. */
export interface RunRecord {
  readonly version: 1;
  readonly run: string;
  readonly name: string;
  readonly seed: number;
  readonly gillnet: string;
  readonly node: string;
  readonly platform: string;
  readonly jobs: number;
  /** As it was typed, without the program. */
  readonly command: readonly string[];
  readonly started: string;
  readonly finished: string | null;
  readonly outcome: RunOutcome;
  readonly source: {
    readonly kind: string;
    readonly name: string;
    readonly synthetic: boolean;
    readonly inputHash: string;
  };
  /** The whole configuration with its defaults, without secrets. */
  readonly config: unknown;
  readonly stages: { readonly [S in StageName]?: StageRecord };
  /** Null until they are judged. */
  readonly gates: readonly GateVerdict[] | null;
  /** The version that this run published, or that already held its bundle. */
  readonly published: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Its name in the folder of its run. */
export const RUN_FILE = "run.json";

/** Writes `run.json` of its run, at once or not at all. */
export async function writeRunRecord(store: ArtifactStore, record: RunRecord): Promise<void> {
  const text = `${JSON.stringify(record, null, 2)}\n`;
  await writeFileAtomic(join(store.runFolder(record.run), RUN_FILE), text);
}

/** The record of a run; undefined when there is none or it is not what a run writes. */
export async function readRunRecord(
  store: ArtifactStore,
  run: string,
): Promise<RunRecord | undefined> {
  try {
    const text = await readFile(join(store.runFolder(run), RUN_FILE), "utf8");
    const record = JSON.parse(text) as RunRecord | null;
    return record?.version === 1 && typeof record.stages === "object" ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the run holds a good artifact of every stage. */
export function isComplete(record: RunRecord): boolean {
  return STAGE_NAMES.every((stage) => {
    const status = record.stages[stage]?.status;
    return status === "ran" || status === "skipped";
  });
}
