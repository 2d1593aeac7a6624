import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactStore } from "@gillnet/entity/node";
import { PublishedVersions } from "../../src/publish/published-versions.ts";
import { publishBundle } from "../../src/publish/publish-bundle.ts";
import { createRedactor } from "../../src/run/redactor.ts";
import type { RunRecord } from "../../src/run/run-record.ts";
import { describeRun } from "../../src/track/describe-run.ts";
import type { DescribeWorld } from "../../src/track/describe-run.ts";
import { makeJudged } from "../publish/artifacts.ts";
import { IDENTITY } from "../run/small-stages.ts";

let root: string;
let store: ArtifactStore;
let published: PublishedVersions;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "describe-"));
  store = new ArtifactStore(root);
  published = new PublishedVersions(join(root, "published"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function recordOf(run: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    run,
    ...IDENTITY,
    config: { transformation: { imputer: "knn", knn: { neighbors: 3 } } },
    node: "v20.20.2",
    platform: "linux-x64",
    started: "2026-11-22T14:22:10.000Z",
    finished: "2026-11-22T14:30:00.000Z",
    outcome: "succeeded",
    stages: {},
    gates: null,
    published: null,
    error: null,
    ...changes,
  };
}

function track(
  record: RunRecord,
  changes: Partial<DescribeWorld> = {},
): ReturnType<typeof describeRun> {
  const tracking = { uri: null, experiment: null, register: null };
  const redact = createRedactor([]);
  return describeRun(record, { store, published, redact, tracking, gitCommit: null, ...changes });
}

test("params have the names of pipeline.yaml, metrics those of MLflow", async () => {
  const { run, judged } = await makeJudged(store);
  const tracked = await track(recordOf(run), { gitCommit: "a".repeat(40) });
  expect(tracked).toMatchObject({
    run,
    name: `small ${run}`,
    experiment: "small",
    started: new Date("2026-11-22T14:22:10Z"),
    finished: new Date("2026-11-22T14:30:00Z"),
    outcome: "succeeded",
    params: {
      seed: 42,
      "source.kind": "csv",
      "source.name": "rows.csv",
      "split.by": "vector",
      "split.test_share": 0.2,
      "transformation.imputer": "knn",
      "transformation.knn.neighbors": 3,
      "trainer.metric": "log_loss",
      "trainer.folds": 5,
      "trainer.search.kind": "grid",
      "trainer.search.candidates": 2,
      "trainer.search.time_budget": null,
      "model.family": "logistic_regression",
      "model.C": 1,
    },
    dataset: { name: "rows.csv", rows: 300, digest: expect.stringMatching(/^[0-9a-f]{32}$/) },
    model: null,
    tags: {
      gillnet: "0.0.0",
      seed: 42,
      source: { kind: "csv", name: "rows.csv", synthetic: false },
      gitCommit: "a".repeat(40),
      bundleHash: judged.trainer.artifact.bundleHash,
    },
  });
  const scores = ["accuracy", "precision", "recall", "f1"];
  const all = [...scores, "false_positive_rate", "roc_auc", "log_loss"];
  expect(Object.keys(tracked?.metrics ?? {}).sort()).toEqual(
    [
      ...["train", "cv", "cv_random", "test"].flatMap((part) => all.map((s) => `${part}.${s}`)),
      ...all.flatMap((score) => [`test.${score}.low`, `test.${score}.high`]),
      ...scores.slice(1).map((score) => `test.negative_as_positive.${score}`),
    ].sort(),
  );
  expect(tracked?.metrics).toMatchObject({ "train.f1": 0.92, "test.f1": 0.9, "test.f1.low": 0.89 });
});

test("a run that ended early has what there is, one that has not ended nothing", async () => {
  const run = await store.createRun(new Date("2026-11-22T14:22:10Z"));
  expect(await track(recordOf(run, { outcome: "failed" }))).toMatchObject({
    outcome: "failed",
    params: { seed: 42, "source.kind": "csv" },
    metrics: {},
    dataset: null,
    artifacts: [{ path: "run.json" }],
    model: null,
    tags: { bundleHash: null },
  });
  expect(await track(recordOf(run, { outcome: "running", finished: null }))).toBeUndefined();
});

test("the model is the version that the run itself published", async () => {
  const { run, judged: artifacts } = await makeJudged(store);
  const record = recordOf(run);
  const code = { gitCommit: null, lockfileSha256: null };
  const publishedAt = new Date("2026-11-22T14:30:00Z");
  const publication = { record, artifacts, gates: [], code, publishedAt };
  const version = await publishBundle(publication, store, published, new AbortController().signal);
  const tracking = { uri: null, experiment: "catch", register: "catcher" };
  const own = await track(recordOf(run, { published: version }), { tracking });
  expect(own?.experiment).toBe("catch");
  expect(own?.model).toEqual({
    files: ["model.bundle", "sample.csv", "manifest.json"].map((path) => ({
      file: join(published.versionFolder(version), path),
      path,
    })),
    flavors: {},
    register: { name: "catcher", alias: "published" },
  });
  // Another run whose bundle came out the same.
  const other = await makeJudged(store);
  expect((await track(recordOf(other.run, { published: version })))?.model).toBeNull();
});

test("secrets go out of the words, and stay in the paths of files", async () => {
  const { run } = await makeJudged(store);
  const redact = createRedactor(["rows", run]);
  const tracked = await track(recordOf(run), { redact });
  expect(tracked).toMatchObject({
    run,
    name: "small [redacted]",
    params: { "source.name": "[redacted].csv" },
    dataset: { name: "[redacted].csv" },
  });
  expect(tracked?.artifacts[0]?.file).toBe(join(store.runFolder(run), "run.json"));
});
