import type { StageName } from "@gillnet/entity";
import type { PipelineStage } from "../run/pipeline-stage.ts";
import { decideStage } from "./decide-stage.ts";
import type { PlanWorld, StageDecision } from "./decide-stage.ts";
import { describeChange } from "./describe-change.ts";

/** What a run would do with a stage. */
export interface PlannedStage {
  readonly stage: StageName;
  readonly action: "run" | "skip";
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  /** Absent while a stage that it reads has to run first. */
  readonly decision?: StageDecision;
}

/**
 * Says for each stage whether a run would run it, and why; changes nothing.
 *
 * ```text
 * ingestion        skip   inputs, params and code as in run A
 * transformation   run    params: transformation.knn.neighbors 3 -> 5
 * trainer          run    transformation may change its input
 * ```
 * A stage whose input is not made yet has `run`: its input may come out the same, and then it is
 * skipped after all.
 */
export async function computePlan(
  stages: readonly PipelineStage[],
  world: PlanWorld,
): Promise<PlannedStage[]> {
  const contentHashes = new Map<StageName, string>();
  const plan: PlannedStage[] = [];
  for (const stage of stages) {
    const stale = stage.reads.filter((name) => !contentHashes.has(name));
    if (stale.length > 0) {
      plan.push(await planAfterStale(stage, stale, world));
      continue;
    }
    const decision = await decideStage(stage, contentHashes, world);
    const { action, reasons, warnings } = decision;
    plan.push({ stage: stage.name, action, reasons, warnings, decision });
    if (decision.action === "skip") contentHashes.set(stage.name, decision.stored.contentHash);
  }
  return plan;
}

async function planAfterStale(
  stage: PipelineStage,
  stale: readonly StageName[],
  { lock, codeVersion }: PlanWorld,
): Promise<PlannedStage> {
  const locked = lock[stage.name];
  const code = await codeVersion(stage.packageName);
  const own =
    locked === undefined
      ? ["no earlier run"]
      : describeChange(locked, { code, params: stage.params, inputs: locked.inputs });
  const reasons = [...own, ...stale.map((name) => `${name} may change its input`)];
  return { stage: stage.name, action: "run", reasons, warnings: [] };
}
