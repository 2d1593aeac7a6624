import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ArtifactHandle, StageName } from "@gillnet/entity";
import { ArtifactStore } from "@gillnet/entity/node";
import { PublishedVersions } from "../../src/publish/published-versions.ts";
import { concludeRun } from "../../src/run/conclude-run.ts";
import type { ConclusionWorld } from "../../src/run/conclude-run.ts";
import type { StageArtifact } from "../../src/run/pipeline-stage.ts";
import { createRedactor } from "../../src/run/redactor.ts";
import type { RunEvent } from "../../src/run/run-event.ts";
import { RunJournal } from "../../src/run/run-journal.ts";
import { readRunRecord } from "../../src/run/run-record.ts";
import type { RunRecord } from "../../src/run/run-record.ts";
import type { StagesDone } from "../../src/run/runner-world.ts";
import { makeJudged } from "../publish/artifacts.ts";
import type { ModelWishes } from "../publish/artifacts.ts";
import { IDENTITY } from "./small-stages.ts";

let root: string;
let store: ArtifactStore;
let published: PublishedVersions;
let events: RunEvent[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "conclude-"));
  store = new ArtifactStore(root);
  published = new PublishedVersions(join(root, "published"));
  events = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A run whose stages have just been made. */
async function newRun(wishes: ModelWishes = {}): Promise<StagesDone> {
  const { run, judged } = await makeJudged(store, wishes);
  const record: RunRecord = {
    version: 1,
    run,
    ...IDENTITY,
    node: "v20.20.2",
    platform: "linux-x64",
    started: "2026-11-22T14:22:10.000Z",
    finished: null,
    outcome: "running",
    stages: {},
    gates: null,
    published: null,
    error: null,
  };
  const journal = new RunJournal(store, createRedactor([]), record);
  const artifacts = new Map<StageName, ArtifactHandle<StageArtifact>>(
    Object.entries(judged) as [StageName, ArtifactHandle<StageArtifact>][],
  );
  return { journal, artifacts, changed: true, restored: false };
}

/** The same run when a later command finds nothing stale. */
const again = (done: StagesDone, restored = false): StagesDone => ({
  ...done,
  changed: false,
  restored,
});

function conclude(
  done: StagesDone,
  gates: Partial<ConclusionWorld["gates"]> = {},
): Promise<number | null> {
  return concludeRun(done, {
    store,
    published,
    emit: (event) => events.push(event),
    now: () => new Date("2026-11-22T14:30:00Z"),
    signal: new AbortController().signal,
    gates: { expected_score: 0.6, overfitting_threshold: 0.05, ...gates },
    automaticSource: true,
    codeFolder: root,
  });
}

const publication = (): RunEvent | undefined =>
  events.findLast(({ event }) => event === "run.published");

test("a good model is published and the run says so", async () => {
  const done = await newRun();
  expect(await conclude(done)).toBe(1);
  expect(await published.live()).toBe(1);
  expect(publication()).toMatchObject({ version: 1, previous: null, how: "new" });
  expect(await readRunRecord(store, done.journal.record.run)).toMatchObject({
    outcome: "succeeded",
    published: 1,
    finished: "2026-11-22T14:30:00.000Z",
    gates: [{ passed: true }, { passed: true }, { passed: true }],
  });
});

test("a model that a gate refuses is not, what is live stays, every time", async () => {
  await conclude(await newRun());
  const done = await newRun({ testF1: 0.5, trainF1: 0.5, intercept: 1 });
  await expect(conclude(done)).rejects.toMatchObject({ code: "RUN_GATES_FAILED" });
  expect(await published.list()).toEqual([1]);
  expect(await published.live()).toBe(1);
  expect(await readRunRecord(store, done.journal.record.run)).toMatchObject({
    outcome: "rejected",
    published: null,
    error: { code: "RUN_GATES_FAILED" },
  });
  await expect(conclude(again(done))).rejects.toMatchObject({ code: "RUN_GATES_FAILED" });
});

test("a model that was refused is published once the gate lets it", async () => {
  const done = await newRun({ testF1: 0.5, trainF1: 0.5 });
  await expect(conclude(done)).rejects.toMatchObject({ code: "RUN_GATES_FAILED" });
  expect(await conclude(again(done), { expected_score: 0.4 })).toBe(1);
  expect(done.journal.record).toMatchObject({ outcome: "succeeded", published: 1, error: null });
});

test("a live model that no longer passes stays live, and the run says no", async () => {
  const done = await newRun();
  await conclude(done);
  await expect(conclude(again(done), { expected_score: 0.99 })).rejects.toMatchObject({
    code: "RUN_GATES_FAILED",
    hint: expect.stringContaining("Version 1 stays live"),
  });
  expect(await published.live()).toBe(1);
  expect(done.journal.record.outcome).toBe("succeeded");
});

test("the same bundle is not published twice", async () => {
  await conclude(await newRun());
  expect(await conclude(await newRun())).toBe(1);
  expect(publication()).toMatchObject({ how: "already", version: 1 });
  expect(await published.list()).toEqual([1]);
});

test("a run that was published keeps its record when it is refused later", async () => {
  const done = await newRun();
  await conclude(done);
  await conclude(await newRun({ intercept: 1 }));
  await expect(conclude(again(done, true), { expected_score: 0.99 })).rejects.toMatchObject({
    code: "RUN_GATES_FAILED",
  });
  expect(done.journal.record).toMatchObject({ outcome: "succeeded", published: 1, error: null });
  expect(await published.live()).toBe(2);
});

describe("after a rollback", () => {
  test("a run with nothing to do leaves it", async () => {
    await conclude(await newRun());
    const second = await newRun({ intercept: 1 });
    await conclude(second);
    await published.setLive(1);
    expect(await conclude(again(second))).toBe(1);
    expect(await published.live()).toBe(1);
  });

  test("settings that went back to a run make its version live again", async () => {
    const first = await newRun();
    await conclude(first);
    await conclude(await newRun({ intercept: 1 }));
    expect(await conclude(again(first, true))).toBe(1);
    expect(publication()).toMatchObject({ how: "again", version: 1, previous: 2 });
    expect(await published.list()).toEqual([1, 2]);
  });

  test("a pointer that is gone comes back, without another version", async () => {
    const done = await newRun();
    await conclude(done);
    await rm(join(root, "published/live.json"));
    expect(await conclude(again(done))).toBe(1);
    expect(await published.live()).toBe(1);
    expect(await published.list()).toEqual([1]);
  });

  test("a live version whose folder is gone is published anew", async () => {
    const done = await newRun();
    await conclude(done);
    await rm(join(root, "published/1"), { recursive: true });
    expect(await conclude(again(done))).toBe(1);
    expect((await published.manifest(1)).run).toBe(done.journal.record.run);
  });
});
