import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { computePlan } from "../../src/plan/compute-plan.ts";
import { runStages } from "../../src/run/runner.ts";
import { ALL, IDENTITY, openWorld, smallPipeline, stagesOf } from "../run/small-stages.ts";
import type { SmallPipeline } from "../run/small-stages.ts";

let root: string;
let pipeline: SmallPipeline;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "compute-plan-"));
  pipeline = smallPipeline();
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function plan(): Promise<string[]> {
  const { world } = await openWorld(root, pipeline);
  const planned = await computePlan(stagesOf(pipeline), world);
  return planned.map(({ stage, action, reasons }) => `${stage} ${action}: ${reasons.join("; ")}`);
}

async function run(): Promise<void> {
  const { world } = await openWorld(root, pipeline);
  await runStages(stagesOf(pipeline), ALL, IDENTITY, world);
  await world.log.close();
}

test("before the first run everything runs, and nothing is written", async () => {
  expect(await plan()).toEqual([
    "ingestion run: no earlier run",
    "validation run: no earlier run; ingestion may change its input",
    "transformation run: no earlier run; ingestion may change its input",
    "trainer run: no earlier run; transformation may change its input",
  ]);
  expect(await readdir(root)).toEqual([]);
});

test("after it everything is skipped", async () => {
  await run();
  expect(await plan()).toEqual(
    ["ingestion", "validation", "transformation", "trainer"].map(
      (stage) => `${stage} skip: inputs, params and code as in run 2026-11-22-142210`,
    ),
  );
});

test("a change runs its stage; what comes after may run, and keeps its own reasons", async () => {
  await run();
  pipeline.params.transformation["knn"] = 3;
  pipeline.code.trainer = "code 2";
  expect(await plan()).toEqual([
    "ingestion skip: inputs, params and code as in run 2026-11-22-142210",
    "validation skip: inputs, params and code as in run 2026-11-22-142210",
    "transformation run: params: knn (not set) -> 3",
    "trainer run: code of trainer; transformation may change its input",
  ]);
});
