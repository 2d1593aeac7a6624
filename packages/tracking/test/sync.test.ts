import * as fc from "fast-check";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openJournal, recordRun, sync } from "../src/index.ts";
import type { SyncReport, TrackedRun } from "../src/index.ts";
import { codeOf, errorOf } from "./error-of.ts";
import { FakeMlflow } from "./fake-mlflow.ts";
import { inFolder, sampleRun, writeFiles } from "./sample-run.ts";

const fake = new FakeMlflow();
let uri = "";
beforeAll(async () => {
  uri = await fake.start();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.forget();
  Object.assign(fake, {
    unsupported: null,
    failing: null,
    artifactRoot: "mlflow-artifacts:/",
    lostBytes: 0,
    loseAnswerOf: null,
  });
});

async function replay(folder: string, server: string = uri): Promise<SyncReport> {
  const { signal } = new AbortController();
  return sync(await openJournal(folder), { uri: server }, { signal, backoffSeconds: 0.001 });
}

async function record(folder: string, changes: Partial<TrackedRun> = {}): Promise<void> {
  await recordRun(sampleRun(changes), await openJournal(folder));
}

/** A run with artifacts and a model that is to be registered. */
async function fullRun(folder: string): Promise<TrackedRun> {
  return sampleRun({
    artifacts: await writeFiles(folder, {
      "report.html": "<p>é</p>",
      "evidence/a.json": "{}",
      "evidence/b.json": "[]",
      "evidence/c é.json": "",
    }),
    model: {
      files: await writeFiles(folder, {
        "model.bundle": Buffer.from([0, 255, 10, 13]),
        "sub/x.txt": "x",
      }),
      flavors: {},
      register: { name: "phishing", alias: "live" },
    },
  });
}

test("everything that a run recorded is on the server, once; a second replay asks nothing", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    const report = await replay(folder);
    expect(report).toEqual({
      server: uri,
      experimentId: "1",
      runId: "run1",
      runUrl: `${uri}/#/experiments/1/runs/run1`,
      sent: (await openJournal(folder)).entries.length - 1,
      modelVersion: "1",
      notes: [],
    });
    const run = fake.state.runs.get("run1")!;
    expect(run).toMatchObject({
      name: "phishing 2026-11-22-142210",
      start: Date.parse("2026-11-22T14:22:10Z"),
      end: Date.parse("2026-11-22T14:22:40Z"),
      status: "FINISHED",
    });
    expect(Object.fromEntries(run.params)).toEqual({
      "trainer.folds": "10",
      "trainer.families": '["random_forest"]',
      note: "",
    });
    expect([...run.metrics].map((text) => JSON.parse(text).slice(0, 2))).toEqual([
      ["test.f1", 0.95],
      ["test.log_loss", 0.097],
      ["slice.empty", "NaN"],
    ]);
    expect(Object.fromEntries(run.tags)).toMatchObject({
      "gillnet.run": "2026-11-22-142210",
      "gillnet.source": "csv: rows.csv",
      "gillnet.synthetic": "false",
      "gillnet.bundle": "b".repeat(64),
      "mlflow.source.git.commit": "a".repeat(40),
    });
    expect([...run.datasets.keys()]).toEqual([`rows@${"f".repeat(36)}`]);
    expect(Object.fromEntries(fake.state.files)).toMatchObject({
      "1/run1/artifacts/evidence/c é.json": Buffer.alloc(0),
      "1/run1/artifacts/model/model.bundle": Buffer.from([0, 255, 10, 13]),
      "1/run1/artifacts/model/sub/x.txt": Buffer.from("x"),
    });
    expect(fake.state.models.get("phishing")).toMatchObject({
      versions: [{ source: "mlflow-artifacts:/1/run1/artifacts/model", run_id: "run1" }],
      aliases: new Map([["live", "1"]]),
    });

    fake.requests = 0;
    expect(await replay(folder)).toEqual({ ...report, sent: 0 });
    expect(fake.requests).toBe(0);
  });
});

test("cut off before or after any request, the next replay ends in the same state", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    await replay(folder);
    const wanted = fake.state;
    const total = fake.requests;
    expect(total).toBeGreaterThan(20);
    for (let at = 1; at <= total; at++) {
      for (const before of [true, false]) {
        fake.forget();
        await rm(join(folder, "tracking.sync.json"));
        fake.cut = { at, before };
        expect(await codeOf(replay(folder))).toBe("TRACKING_UNREACHABLE");
        fake.restore();
        await replay(folder);
        expect(fake.state).toEqual(wanted);
      }
    }
  });
}, 60_000);

test("one lost answer, of any request, is made up for within the replay", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    await replay(folder);
    const wanted = fake.state;
    const total = fake.requests;
    for (let at = 1; at <= total; at++) {
      fake.forget();
      await rm(join(folder, "tracking.sync.json"));
      fake.loseAnswerOf = at;
      await replay(folder);
      expect(fake.state).toEqual(wanted);
    }
  });
}, 60_000);

test("any run, cut off any number of times, its state lost in between or not, ends in the same state", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 12 });
  const runs = fc.record({
    params: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())),
    metrics: fc.dictionary(text, fc.double()),
    files: fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 4 }),
    cuts: fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 12 }), before: fc.boolean(), lose: fc.boolean() }),
      { maxLength: 5 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(runs, async ({ params, metrics, files, cuts }) => {
      await inFolder(async (folder) => {
        const names = Object.fromEntries(files.map((content, i) => [`file${i}`, content]));
        await record(folder, { params, metrics, artifacts: await writeFiles(folder, names) });
        fake.forget();
        await replay(folder);
        const wanted = fake.state;
        fake.forget();
        await rm(join(folder, "tracking.sync.json"));
        for (const { at, before, lose } of cuts) {
          fake.restore();
          fake.cut = { at, before };
          await replay(folder).catch(() => undefined);
          if (lose) await rm(join(folder, "tracking.sync.json"), { force: true });
        }
        fake.restore();
        await replay(folder);
        expect(fake.state).toEqual(wanted);
        expect(fake.state.runs.get("run1")!.params.size).toBe(Object.keys(params).length);
      });
    }),
    { numRuns: 25, seed: 1 },
  );
}, 60_000);

test("what is recorded later is sent later, into the same run", async () => {
  await inFolder(async (folder) => {
    await record(folder, { outcome: "rejected" });
    await replay(folder);
    expect(fake.state.runs.get("run1")).toMatchObject({ status: "FAILED" });
    await recordRun(await fullRun(folder), await openJournal(folder));
    const { sent, modelVersion } = await replay(folder);
    expect(modelVersion).toBe("1");
    expect(sent).toBeGreaterThan(5);
    expect(fake.state.runs.size).toBe(1);
    expect(fake.state.runs.get("run1")).toMatchObject({ status: "FINISHED" });
  });
});

test("each server has its own state, and credentials are no part of its name", async () => {
  await inFolder(async (folder) => {
    const other = new FakeMlflow();
    const otherUri = await other.start();
    try {
      await record(folder);
      await replay(folder);
      await replay(folder, otherUri.replace("//", "//me:hidden@"));
      expect(other.state.runs.size).toBe(1);
      other.requests = 0;
      expect((await replay(folder, `${otherUri}/`)).sent).toBe(0);
      expect(other.requests).toBe(0);
    } finally {
      await other.stop();
    }
  });
});

test("a server that lost the run gets it again", async () => {
  await inFolder(async (folder) => {
    await record(folder);
    await replay(folder);
    const wanted = fake.state;
    fake.forget();
    await record(folder, { outcome: "failed" });
    await replay(folder);
    expect(fake.state.runs.get("run1")!.params).toEqual(wanted.runs.get("run1")!.params);
  });
});

test("a damaged state counts as none", async () => {
  await inFolder(async (folder) => {
    await record(folder);
    await replay(folder);
    await writeFile(join(folder, "tracking.sync.json"), '{"version":1,"servers"');
    await replay(folder);
    expect(fake.state.runs.size).toBe(1);
  });
});

test("more than a request may hold is sent in several", async () => {
  await inFolder(async (folder) => {
    const many = (count: number, value: (i: number) => string | number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, value(i)]));
    await record(folder, {
      params: many(350, (i) => "é".repeat(i % 2 === 0 ? 5999 : 1)),
      metrics: many(2500, (i) => i) as Record<string, number>,
    });
    expect((await replay(folder)).notes).toEqual([]);
    expect(fake.state.runs.get("run1")!.params.size).toBe(350);
    expect(fake.state.runs.get("run1")!.metrics.size).toBe(2500);
  });
});

test("names and values that the server cannot hold are changed, and that is said", async () => {
  await inFolder(async (folder) => {
    await record(folder, { params: { "a(b": 1, "a)b": 2, long: "x".repeat(7000) }, metrics: {} });
    const { notes } = await replay(folder);
    expect(notes).toEqual([
      expect.stringMatching(/^'a\(b' is called 'a_b-\w{8}' there$/),
      expect.stringMatching(/^'a\)b' is called 'a_b-\w{8}' there$/),
      "The value of 'long' is cut to 6000 of its 7000 characters",
    ]);
    const { params } = fake.state.runs.get("run1")!;
    expect(params.size).toBe(3);
    expect(params.get("long")).toMatch(/x \.\.\. \(cut, 7000 characters\)$/);
  });
});

test("a path that the server cannot hold is changed, and that is said", async () => {
  await inFolder(async (folder) => {
    const [file] = await writeFiles(folder, { "a.txt": "a" });
    await record(folder, { artifacts: [{ file: file!.file, path: "a#1.txt" }] });
    const { notes } = await replay(folder);
    expect(notes).toEqual([expect.stringMatching(/^'a#1.txt' is called 'a_1-\w{8}.txt' there$/)]);
    expect([...fake.state.files.keys()]).toEqual([
      expect.stringMatching(/^1\/run1\/artifacts\/a_1-\w{8}.txt$/),
    ]);
  });
});

test("a file that is gone or changed is left out, a model of it is not registered, and that is said", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    await rm(join(folder, "report.html"));
    await writeFile(join(folder, "model.bundle"), "other");
    const { notes, modelVersion } = await replay(folder);
    expect(notes).toEqual([
      "Artifact 'report.html' was left out: its file is not there any more",
      "Artifact 'model/model.bundle' was left out: its file has changed since the run",
      "The model was not registered: the server has no 'model/model.bundle'",
    ]);
    expect(modelVersion).toBeNull();
    expect(fake.state.runs.get("run1")).toMatchObject({ status: "FINISHED" });
  });
});

test("a server without a registry, lists of models or datasets gets the rest, and that is said", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    fake.unsupported = /log-inputs|log-model|registered-models|model-versions/;
    const { notes, modelVersion } = await replay(folder);
    expect(modelVersion).toBeNull();
    expect(notes).toHaveLength(3);
    for (const note of notes) expect(note).toContain("unsupported endpoint");
    expect(fake.state.runs.get("run1")).toMatchObject({ status: "FINISHED" });
    expect(fake.state.files.size).toBe(6);
  });
});

test("a server that keeps artifacts where only it can write gets the rest, and that is said", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    fake.artifactRoot = "s3://bucket/";
    const { notes } = await replay(folder);
    expect(notes[0]).toBe(
      "Artifact 'report.html' was left out: the server does not pass artifacts on (start it with --serve-artifacts)",
    );
    expect(fake.state.runs.get("run1")).toMatchObject({ status: "FINISHED" });
  });
});

test("a server that fails for ever at one call of the registry still has the run", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    fake.failing = /log-model/;
    const { notes, modelVersion } = await replay(folder);
    expect(modelVersion).toBe("1");
    expect(notes).toEqual([expect.stringMatching(/^The run's list of models: .* answered 500/)]);
  });
  fake.forget();
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    fake.failing = /model-versions/;
    expect(await codeOf(replay(folder))).toBe("TRACKING_SERVER_FAILED");
    expect(fake.state.runs.get("run1")).toMatchObject({ status: "FINISHED" });
    fake.failing = null;
    expect((await replay(folder)).modelVersion).toBe("1");
  });
});

test("an upload that the server stored in part is no upload", async () => {
  await inFolder(async (folder) => {
    await recordRun(await fullRun(folder), await openJournal(folder));
    fake.lostBytes = 1;
    const error = await errorOf(replay(folder));
    expect(error.code).toBe("TRACKING_UPLOAD_INCOMPLETE");
    expect(error.details).toMatchObject({ path: "report.html", expected: 9, stored: 8 });
    fake.lostBytes = 0;
    expect((await replay(folder)).modelVersion).toBe("1");
  });
});

test("an alias is never moved back to an older run", async () => {
  await inFolder(async (older) => {
    await inFolder(async (newer) => {
      const { model } = await fullRun(older);
      await record(older, { model, started: new Date(1_000_000), run: "1" });
      await record(newer, { model, started: new Date(2_000_000), run: "2" });
      expect((await replay(newer)).modelVersion).toBe("1");
      const { notes, modelVersion } = await replay(older);
      expect(modelVersion).toBe("2");
      expect(notes).toEqual(["Alias 'live' of 'phishing' stays at version 1, whose run is newer"]);
      expect(fake.state.models.get("phishing")!.aliases.get("live")).toBe("1");
    });
  });
});

test("an experiment or a run in the bin is an error that says so", async () => {
  await inFolder(async (folder) => {
    await record(folder);
    fake.state.experiments.push({ id: "1", name: "phishing", deleted: true });
    expect(await codeOf(replay(folder))).toBe("TRACKING_EXPERIMENT_DELETED");
    fake.state.experiments[0]!.deleted = false;
    await replay(folder);
    fake.state.runs.get("run1")!.deleted = true;
    await record(folder, { outcome: "failed" });
    expect(await codeOf(replay(folder))).toBe("TRACKING_RUN_DELETED");
    await rm(join(folder, "tracking.sync.json"));
    expect(await codeOf(replay(folder))).toBe("TRACKING_RUN_DELETED");
  });
});

test("an empty journal has nothing to send", async () => {
  await inFolder(async (folder) => {
    expect(await codeOf(replay(folder))).toBe("TRACKING_JOURNAL_EMPTY");
  });
});
