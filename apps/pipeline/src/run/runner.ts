import { PipelineError } from "@gillnet/entity";
import type { ArtifactHandle, StageName } from "@gillnet/entity";
import { computePlan } from "../plan/compute-plan.ts";
import type { PlannedStage } from "../plan/compute-plan.ts";
import type { SkipDecision } from "../plan/decide-stage.ts";
import { writeLockFile } from "../plan/lock-file.ts";
import { withLocked } from "../plan/with-locked.ts";
import type { PipelineStage, StageArtifact } from "./pipeline-stage.ts";
import { RunJournal } from "./run-journal.ts";
import { readRunRecord } from "./run-record.ts";
import type { RunIdentity, RunnerWorld, RunSelection, StagesDone } from "./runner-world.ts";
import { StageLoop } from "./stage-loop.ts";

/**
 * Runs the selected stages in order, each only if something it depends on changed.
 *
 * When one earlier run holds every artifact for the present keys, nothing is written and that run is
 * the result. Otherwise a new run gets the artifacts: made anew, or adopted from earlier runs. `run.json`
 * and the lock file are written after each stage, so what a killed run finished is not made again.
 *
 * Errors: what a stage throws; RUN_INPUT_STALE; RUN_VALIDATION_FAILED; the signal's reason.
 */
export async function runStages(
  stages: readonly PipelineStage[],
  selection: RunSelection,
  identity: RunIdentity,
  world: RunnerWorld,
): Promise<StagesDone> {
  const end = stages.findIndex(({ name }) => name === selection.to) + 1;
  const start = stages.findIndex(({ name }) => name === selection.from);
  const plan = await computePlan(stages.slice(0, end), world);
  for (const message of plan.flatMap(({ warnings }) => warnings)) {
    world.emit({ event: "warning", code: "artifact.damaged", message });
  }
  checkEarlierStages(plan.slice(0, start), selection.from);
  return (
    (selection.force ? undefined : await findFinishedRun(plan, world)) ??
    (await new StageLoop(identity, world).run(stages.slice(0, end), start, selection.force, plan))
  );
}

function checkEarlierStages(plan: readonly PlannedStage[], from: StageName): void {
  const stale = plan.find(({ action }) => action === "run");
  if (stale === undefined) return;
  throw new PipelineError(
    "RUN_INPUT_STALE",
    `${from} cannot start: ${stale.stage} before it has to run first (${stale.reasons.join("; ")})`,
    {
      hint: `Run it too: pnpm pipeline run --from ${stale.stage} --to ${from}`,
      details: { stage: from, stale: stale.stage, reasons: stale.reasons },
    },
  );
}

/** The one run that holds everything planned, if all of it can be skipped. */
async function findFinishedRun(
  plan: readonly PlannedStage[],
  world: RunnerWorld,
): Promise<StagesDone | undefined> {
  const skips = plan.map(({ decision }) => decision).filter((d) => d?.action === "skip");
  if (skips.length < plan.length) return undefined;
  const keys = new Map(plan.map(({ stage }, i) => [stage, (skips[i] as SkipDecision).key.hash]));
  const run = await world.catalog.findRunWithAll(keys);
  const record = run === undefined ? undefined : await readRunRecord(world.store, run);
  if (run === undefined || record === undefined) return undefined;

  const artifacts = new Map<StageName, ArtifactHandle<StageArtifact>>();
  let lock = world.lock;
  for (const [i, { stage, reasons }] of plan.entries()) {
    const { key, stored, from } = skips[i] as SkipDecision;
    const { artifact } = stored;
    world.emit({ event: "stage.skipped", stage, from, reasons, artifact });
    // The files that were looked at, which need not be this run's own.
    artifacts.set(stage, { artifact, folder: world.store.stageFolder(from, stage) });
    lock = withLocked(lock, stage, key, stored, from);
  }
  if (lock !== world.lock) await writeLockFile(world.lockFile, lock);
  const restored = plan.some(({ stage }) => {
    const locked = world.lock[stage];
    return locked !== undefined && locked.key !== keys.get(stage);
  });
  const journal = new RunJournal(world.store, world.redact, record);
  return { journal, artifacts, changed: false, restored };
}
