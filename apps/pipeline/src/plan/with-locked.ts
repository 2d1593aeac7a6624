import type { StageName } from "@gillnet/entity";
import type { StoredArtifact } from "@gillnet/entity/node";
import type { LockedStage, LockedStages } from "./lock-file.ts";
import type { StageKey } from "./stage-key.ts";

/** `lock` with the stage's entry for this key; the same object when that is what it says already. */
export function withLocked(
  lock: LockedStages,
  stage: StageName,
  key: StageKey,
  stored: StoredArtifact<unknown>,
  run: string,
): LockedStages {
  if (lock[stage]?.key === key.hash && lock[stage].run === run) return lock;
  const outputs = Object.entries(stored.files).map(([path, file]) => [path, file.sha256]);
  const entry: LockedStage = {
    key: key.hash,
    code: key.code,
    params: key.params,
    inputs: key.inputs,
    outputs: Object.fromEntries(outputs),
    run,
  };
  return { ...lock, [stage]: entry };
}
