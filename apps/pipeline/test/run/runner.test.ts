import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StageName } from "@gillnet/entity";
import { PipelineError } from "@gillnet/entity";
import type { RunEvent } from "../../src/run/run-event.ts";
import { readRunRecord } from "../../src/run/run-record.ts";
import type { RunRecord } from "../../src/run/run-record.ts";
import { runStages } from "../../src/run/runner.ts";
import type { RunSelection, StagesDone } from "../../src/run/runner-world.ts";
import { ALL, IDENTITY, openWorld, smallPipeline, stagesOf } from "./small-stages.ts";
import type { SmallPipeline } from "./small-stages.ts";

let root: string;
let pipeline: SmallPipeline;
let events: RunEvent[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "runner-"));
  pipeline = smallPipeline();
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** One run of a process of its own; which stages ran is in `ran`. */
async function run(
  selection: RunSelection = ALL,
  signal?: AbortSignal,
): Promise<StagesDone & { ran: StageName[] }> {
  pipeline.ran.length = 0;
  const opened = await openWorld(root, pipeline, signal);
  events = opened.events;
  const { world } = opened;
  try {
    const done = await runStages(stagesOf(pipeline), selection, IDENTITY, world);
    return { ...done, ran: [...pipeline.ran] };
  } finally {
    await world.log.close();
  }
}

const reasonsOf = (record: RunRecord, stage: StageName): readonly string[] =>
  record.stages[stage]?.reasons ?? [];

async function listRuns(): Promise<string[]> {
  return (await openWorld(root, pipeline)).world.store.listRuns();
}

const EVERY: StageName[] = ["ingestion", "validation", "transformation", "trainer"];

describe("a first run", () => {
  test("runs every stage, keeps artifacts, record, lock and log", async () => {
    const { ran, journal, changed, artifacts } = await run();
    expect(ran).toEqual(EVERY);
    expect(changed).toBe(true);
    const { record } = journal;
    expect(record.run).toBe("2026-11-22-142210");
    for (const stage of EVERY) {
      expect(record.stages[stage]).toMatchObject({ status: "ran", reasons: ["no earlier run"] });
      const folder = join(root, "runs", record.run, stage);
      expect(artifacts.get(stage)?.folder).toBe(folder);
      expect(await readFile(join(folder, stage, "out.txt"), "utf8")).toBe("one");
    }
    const lock = await readFile(join(root, "pipeline.lock.yaml"), "utf8");
    expect(lock).toContain("version: 1");
    expect(lock.indexOf("  ingestion:")).toBeLessThan(lock.indexOf("  trainer:"));
    const log = await readFile(join(root, "runs", record.run, "run.log"), "utf8");
    const lines = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string });
    expect(lines.map(({ event }) => event)).toContain("stage.finished");
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
  });

  test("writes no secret", async () => {
    const { journal } = await run();
    const text = await readFile(join(root, "runs", journal.record.run, "run.json"), "utf8");
    expect(text).toContain("[redacted]");
    expect(text).not.toContain("hunter2");
  });

  test("tells what happens, in order", async () => {
    await run();
    expect(
      events.filter(({ event }) => event.startsWith("stage.")).map(({ event }) => event),
    ).toEqual(EVERY.flatMap(() => ["stage.started", "stage.progress", "stage.finished"]));
  });
});

describe("a second run", () => {
  test("has nothing to do and writes nothing", async () => {
    const first = await run();
    const before = await readFile(join(root, "pipeline.lock.yaml"), "utf8");
    const second = await run();
    expect(second).toMatchObject({ ran: [], changed: false, restored: false });
    expect(second.journal.record.run).toBe(first.journal.record.run);
    expect(await listRuns()).toHaveLength(1);
    expect(await readFile(join(root, "pipeline.lock.yaml"), "utf8")).toBe(before);
    expect(second.artifacts.get("trainer")).toEqual(first.artifacts.get("trainer"));
  });

  test("with --force runs everything again", async () => {
    await run();
    const { ran, journal } = await run({ ...ALL, force: true });
    expect(ran).toEqual(EVERY);
    expect(reasonsOf(journal.record, "trainer")).toEqual(["asked for"]);
  });

  test("with --force asks anew what comes after a stage whose output is another now", async () => {
    await run();
    pipeline.texts.ingestion = "two";
    const { journal } = await run({ ...ALL, force: true });
    expect(reasonsOf(journal.record, "ingestion")).toEqual(["asked for"]);
    expect(reasonsOf(journal.record, "transformation")).toEqual(["output of ingestion"]);
    expect(await run()).toMatchObject({ ran: [], changed: false });
  });
});

describe("a change", () => {
  test("of a parameter runs that stage and what its output changes, and says which", async () => {
    await run();
    pipeline.params.transformation["knn"] = { neighbors: 5 };
    pipeline.texts.transformation = "two";
    const { ran, journal, artifacts } = await run();
    expect(ran).toEqual(["transformation", "trainer"]);
    expect(reasonsOf(journal.record, "transformation")).toEqual([
      "params: knn.neighbors (not set) -> 5",
    ]);
    expect(reasonsOf(journal.record, "trainer")).toEqual(["output of transformation"]);
    expect(journal.record.stages.ingestion).toMatchObject({
      status: "skipped",
      from: "2026-11-22-142210",
    });
    const folder = artifacts.get("ingestion")?.folder ?? "";
    expect(folder).toContain("2026-11-22-142210-2");
    expect(await readFile(join(folder, "ingestion/out.txt"), "utf8")).toBe("one");
  });

  test("that leaves the output the same stops there", async () => {
    await run();
    pipeline.code.ingestion = "code 2";
    const { ran, journal } = await run();
    expect(ran).toEqual(["ingestion"]);
    expect(reasonsOf(journal.record, "ingestion")).toEqual(["code of ingestion"]);
  });

  test("of the source runs ingestion", async () => {
    await run();
    pipeline.sourceHash = "source 2";
    const { journal } = await run();
    expect(reasonsOf(journal.record, "ingestion")).toEqual(["source content"]);
  });

  test("and back restores the old outputs without running", async () => {
    const first = await run();
    pipeline.params.trainer["trees"] = 16;
    pipeline.texts.trainer = "two";
    expect((await run()).ran).toEqual(["trainer"]);
    pipeline.params.trainer = { seed: 42 };
    const third = await run();
    expect(third).toMatchObject({ ran: [], changed: false, restored: true });
    expect(third.journal.record.run).toBe(first.journal.record.run);
    const skipped = events.find((e) => e.event === "stage.skipped" && e.stage === "trainer");
    expect(skipped).toMatchObject({
      reasons: ["params: trees 16 -> (not set)", `as in run ${first.journal.record.run}`],
    });
    expect(await run()).toMatchObject({ changed: false, restored: false });
  });

  test("of two things whose artifacts lie in different runs takes each from its own", async () => {
    await run();
    pipeline.params.trainer["trees"] = 16;
    await run();
    pipeline.params.validation["strict"] = true;
    pipeline.params.trainer = { seed: 42 };
    await run();
    pipeline.params.trainer["trees"] = 16;
    const { ran, changed, journal } = await run();
    expect(ran).toEqual([]);
    expect(changed).toBe(true);
    expect(journal.record.stages.trainer?.from).toBe("2026-11-22-142210-2");
    expect(journal.record.stages.validation?.from).toBe("2026-11-22-142210-3");
  });
});

describe("damage", () => {
  test("to a file makes the stage run again, with a warning", async () => {
    const { artifacts } = await run();
    await writeFile(
      join(artifacts.get("transformation")?.folder ?? "", "transformation/out.txt"),
      "",
    );
    const { ran, journal } = await run();
    expect(ran).toEqual(["transformation"]);
    expect(reasonsOf(journal.record, "transformation")).toEqual(["its artifact is damaged"]);
    expect(events.find(({ event }) => event === "warning")).toMatchObject({
      message: expect.stringContaining("transformation/out.txt has 0 bytes, recorded were 3"),
    });
  });

  test("to a run that somebody deleted makes its stages run again", async () => {
    await run();
    await rm(join(root, "runs"), { recursive: true });
    const { ran, journal } = await run();
    expect(ran).toEqual(EVERY);
    expect(reasonsOf(journal.record, "trainer")).toEqual([
      "its artifact in run 2026-11-22-142210 is gone",
    ]);
  });

  test("to the lock file costs no stage", async () => {
    await run();
    await writeFile(join(root, "pipeline.lock.yaml"), "version: 99\n");
    expect((await run()).ran).toEqual([]);
    expect(await readFile(join(root, "pipeline.lock.yaml"), "utf8")).toContain("version: 1\n");
  });
});

describe("a failure", () => {
  test("leaves nothing half-made, is recorded, and the next run goes on from there", async () => {
    pipeline.extra.trainer = () =>
      Promise.reject(new PipelineError("TRAINER_X", "No candidate is left, hunter2"));
    await expect(run()).rejects.toMatchObject({ code: "TRAINER_X" });
    const [name = ""] = await listRuns();
    const { store } = (await openWorld(root, pipeline)).world;
    const record = await readRunRecord(store, name);
    expect(record).toMatchObject({
      outcome: "failed",
      finished: "2026-11-22T14:22:10.000Z",
      error: { code: "TRAINER_X", message: "No candidate is left, [redacted]" },
      stages: { trainer: { status: "failed", contentHash: null } },
    });
    expect((await readdir(store.runFolder(name))).sort()).toEqual(
      ["ingestion", "run.json", "run.log", "transformation", "validation"].sort(),
    );
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
    delete pipeline.extra.trainer;
    expect((await run()).ran).toEqual(["trainer"]);
  });

  test("of validation stops before transformation and keeps the report for reading only", async () => {
    pipeline.passed = false;
    await expect(run()).rejects.toMatchObject({
      code: "RUN_VALIDATION_FAILED",
      message: "Validation found 1 error in the data:\n  Column 'port' is empty",
    });
    expect(pipeline.ran).toEqual(["ingestion", "validation"]);
    const [name = ""] = await listRuns();
    const { store } = (await openWorld(root, pipeline)).world;
    expect(await readRunRecord(store, name)).toMatchObject({ outcome: "rejected" });
    expect(await store.readArtifact(name, "validation")).toBeDefined();
    await expect(run()).rejects.toMatchObject({ code: "RUN_VALIDATION_FAILED" });
    expect(pipeline.ran).toEqual(["validation"]);
  });

  test("by the signal discards the stage and says interrupted", async () => {
    const stop = new AbortController();
    const reason = new PipelineError("RUN_INTERRUPTED", "Stopped");
    pipeline.extra.transformation = async ({ signal, output }) => {
      await writeFile(output.path("half"), "half");
      stop.abort(reason);
      signal.throwIfAborted();
    };
    await expect(run(ALL, stop.signal)).rejects.toBe(reason);
    const [name = ""] = await listRuns();
    const { store } = (await openWorld(root, pipeline)).world;
    expect(await readRunRecord(store, name)).toMatchObject({ outcome: "interrupted" });
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
    delete pipeline.extra.transformation;
    expect((await run()).ran).toEqual(["transformation", "trainer"]);
  });
});

describe("a selection", () => {
  test("of one stage runs it though nothing changed, and no other", async () => {
    await run();
    const alone = await run({ from: "transformation", to: "transformation", force: true });
    expect(alone.ran).toEqual(["transformation"]);
    expect([...alone.artifacts.keys()]).toEqual(["ingestion", "validation", "transformation"]);
    expect(await run()).toMatchObject({ ran: [], changed: false });
  });

  test("that ends early does not run the rest", async () => {
    expect((await run({ ...ALL, to: "validation" })).ran).toEqual(["ingestion", "validation"]);
    expect((await run()).ran).toEqual(["transformation", "trainer"]);
  });

  test("that begins late needs what stands before", async () => {
    await expect(run({ ...ALL, from: "trainer" })).rejects.toMatchObject({
      code: "RUN_INPUT_STALE",
      message: "trainer cannot start: ingestion before it has to run first (no earlier run)",
    });
    expect(await listRuns()).toEqual([]);
    await run();
    pipeline.params.trainer["trees"] = 16;
    expect((await run({ ...ALL, from: "trainer" })).ran).toEqual(["trainer"]);
  });
});
