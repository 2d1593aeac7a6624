import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { openJournal, recordRun } from "../src/index.ts";
import { codeOf } from "./error-of.ts";
import { inFolder, sampleRun, writeFiles } from "./sample-run.ts";

test("a run becomes entries, without absolute paths", async () => {
  await inFolder(async (folder) => {
    const run = join(folder, "runs/r");
    const journal = await openJournal(run);
    const artifacts = await writeFiles(run, { "report.html": "<p>" });
    const files = await writeFiles(join(folder, "published/3"), { "model.bundle": "b" });
    const model = { files, flavors: {}, register: null };
    await recordRun(sampleRun({ artifacts, model }), journal);
    const kinds = journal.entries.map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(
      "begin tag param metric dataset artifact end model".split(" "),
    );
    expect(journal.entries.filter(({ kind }) => kind === "artifact")).toMatchObject([
      { file: "report.html", path: "report.html", bytes: 3 },
      { file: "../../published/3/model.bundle", path: "model/model.bundle", bytes: 1 },
    ]);
    expect(journal.entries).toContainEqual(expect.objectContaining({ key: "note", value: "" }));
    expect(journal.entries).toContainEqual(expect.objectContaining({ value: "NaN" }));
    expect(await readFile(join(run, "tracking.jsonl"), "utf8")).not.toContain(folder);
  });
});

test("recording a run again adds nothing, and a run that ended otherwise only that", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    await recordRun(sampleRun({ outcome: "rejected" }), journal);
    const { length } = journal.entries;
    await recordRun(sampleRun({ outcome: "rejected" }), await openJournal(folder));
    expect((await openJournal(folder)).entries).toHaveLength(length);
    await recordRun(sampleRun(), journal);
    expect(journal.entries.slice(length)).toEqual([
      { kind: "tag", key: "gillnet.outcome", value: "succeeded" },
      { kind: "end", status: "FINISHED", endedAt: Date.parse("2026-11-22T14:22:40Z") },
    ]);
  });
});

test("a run that ended early has no data and no model", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    const tags = { gillnet: "0.1.0", seed: 1, source: null, gitCommit: null, bundleHash: null };
    await recordRun(
      sampleRun({ outcome: "interrupted", dataset: null, tags, params: {}, metrics: {} }),
      journal,
    );
    const keys = journal.entries.map((entry) => ("key" in entry ? entry.key : entry.kind));
    expect(keys).toEqual([
      "begin",
      "gillnet.version",
      "gillnet.outcome",
      "gillnet.seed",
      "mlflow.source.name",
      "mlflow.source.type",
      "end",
    ]);
  });
});

test("data that are no file are described by tags", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    const source = { kind: "mongodb", name: "db.rows", synthetic: false } as const;
    const dataset = { name: "rows", digest: "d", rows: 5, source };
    await recordRun(sampleRun({ dataset }), journal);
    expect(journal.entries).toContainEqual({
      kind: "dataset",
      name: "rows",
      digest: "d",
      sourceType: "code",
      source: JSON.stringify({ tags: source }),
      rows: 5,
    });
  });
});

test("a file that is not there stops the recording before anything is written", async () => {
  await inFolder(async (folder) => {
    const journal = await openJournal(folder);
    const artifacts = await writeFiles(folder, { a: "a" });
    await rm(join(folder, "a"));
    expect(await codeOf(recordRun(sampleRun({ artifacts }), journal))).toBe(
      "TRACKING_FILE_UNREADABLE",
    );
    expect(journal.entries).toEqual([]);
  });
});
