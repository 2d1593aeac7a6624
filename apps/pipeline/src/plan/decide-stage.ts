import type { StageName } from "@gillnet/entity";
import { isPipelineError } from "@gillnet/entity";
import type { ArtifactStore, StoredArtifact } from "@gillnet/entity/node";
import type { PipelineStage, StageArtifact } from "../run/pipeline-stage.ts";
import type { CodeVersion } from "./code-version.ts";
import { describeChange } from "./describe-change.ts";
import type { LockedStages } from "./lock-file.ts";
import type { RunCatalog } from "./run-catalog.ts";
import { makeStageKey } from "./stage-key.ts";
import type { StageKey } from "./stage-key.ts";

/** What a decision is made from. */
export interface PlanWorld {
  readonly store: ArtifactStore;
  readonly catalog: RunCatalog;
  readonly lock: LockedStages;
  readonly codeVersion: CodeVersion;
}

/** A stage need not run: a run holds its artifact for the same key. */
export interface SkipDecision {
  readonly action: "skip";
  readonly key: StageKey;
  readonly reasons: readonly string[];
  /** Sentences about damaged artifacts that were passed over. */
  readonly warnings: readonly string[];
  readonly from: string;
  readonly stored: StoredArtifact<StageArtifact>;
}

/** A stage must run. */
interface RunDecision {
  readonly action: "run";
  readonly key: StageKey;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}

export type StageDecision = SkipDecision | RunDecision;

/**
 * Decides whether a stage must run, and says why. The artifact of any earlier run with the same key
 * will do, the last one's first, if its files are as they were written.
 *
 * @param contentHashes of every stage that `stage` reads.
 */
export async function decideStage(
  stage: PipelineStage,
  contentHashes: ReadonlyMap<StageName, string>,
  world: PlanWorld,
): Promise<StageDecision> {
  const key = makeStageKey(stage, await world.codeVersion(stage.packageName), contentHashes);
  const locked = world.lock[stage.name];
  const holders = await world.catalog.findRuns(stage.name, key.hash);
  const lockedFirst = locked !== undefined && holders.includes(locked.run) ? [locked.run] : [];
  const warnings: string[] = [];
  for (const run of new Set([...lockedFirst, ...holders])) {
    const { stored, damage } = await inspect(world.store, run, stage.name);
    if (damage !== undefined) {
      warnings.push(`The artifact of ${stage.name} in run ${run} is damaged: ${damage}`);
    } else if (stored !== undefined) {
      const changes = locked === undefined ? [] : describeChange(locked, key);
      const reasons =
        changes.length === 0
          ? [`inputs, params and code as in run ${run}`]
          : [...changes, `as in run ${run}`];
      return { action: "skip", key, reasons, warnings, from: run, stored };
    }
  }
  return { action: "run", key, reasons: whyRun(key, world, stage.name, warnings), warnings };
}

function whyRun(
  key: StageKey,
  { lock }: PlanWorld,
  stage: StageName,
  warnings: readonly string[],
): string[] {
  const locked = lock[stage];
  if (warnings.length > 0) return ["its artifact is damaged"];
  if (locked === undefined) return ["no earlier run"];
  const changes = describeChange(locked, key);
  return changes.length > 0 ? changes : [`its artifact in run ${locked.run} is gone`];
}

async function inspect(
  store: ArtifactStore,
  run: string,
  stage: StageName,
): Promise<{ stored?: StoredArtifact<StageArtifact>; damage?: string }> {
  let stored: StoredArtifact<StageArtifact>;
  try {
    stored = await store.readArtifact(run, stage);
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    return error.code === "ARTIFACT_DAMAGED" ? { damage: error.message } : {};
  }
  const [damage] = await store.findDamage(run, stored);
  return damage === undefined ? { stored } : { damage };
}
