import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactStore } from "@gillnet/entity/node";
import { parseManifest } from "@gillnet/model-bundle";
import { publishBundle } from "../../src/publish/publish-bundle.ts";
import type { Publication } from "../../src/publish/publish-bundle.ts";
import { PublishedVersions } from "../../src/publish/published-versions.ts";
import type { RunRecord } from "../../src/run/run-record.ts";
import { makeJudged } from "./artifacts.ts";

let root: string;
let store: ArtifactStore;
let published: PublishedVersions;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "published-"));
  store = new ArtifactStore(root);
  published = new PublishedVersions(join(root, "published"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function publication(): Promise<Publication> {
  const { run, judged } = await makeJudged(store);
  const record = { run, name: "small", seed: 42, node: "v20.20.2" } as RunRecord;
  const gate = { name: "bundle_answers", passed: true, value: 0, bound: 0, sentence: "" } as const;
  return {
    record,
    artifacts: judged,
    gates: [gate],
    code: { gitCommit: null, lockfileSha256: null },
    publishedAt: new Date("2026-11-22T14:30:00Z"),
  };
}

const { signal } = new AbortController();
const publish = async (): Promise<number> =>
  publishBundle(await publication(), store, published, signal);

test("publishes nothing under an aborted signal", async () => {
  const reason = new RangeError("interrupted");
  const stopped = publishBundle(await publication(), store, published, AbortSignal.abort(reason));
  await expect(stopped).rejects.toBe(reason);
  expect(await published.list()).toEqual([]);
  expect(await readdir(join(root, ".tmp"))).toEqual([]);
});

test("publishes a whole folder, version by version, and points to the newest", async () => {
  expect(await published.live()).toBeNull();
  expect(await publish()).toBe(1);
  expect(await publish()).toBe(2);
  expect(await published.list()).toEqual([1, 2]);
  expect(await published.live()).toBe(2);
  expect(await readFile(join(root, "published/live.json"), "utf8")).toBe('{"version":2}\n');
  expect((await readdir(join(root, "published/2"))).sort()).toEqual([
    "manifest.json",
    "model.bundle",
    "sample.csv",
  ]);
  expect(await readdir(join(root, ".tmp"))).toEqual([]);
  const manifest = parseManifest(await readFile(join(root, "published/2/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({
    name: "small",
    version: 2,
    publishedAt: "2026-11-22T14:30:00.000Z",
    features: ["length", "port"],
    classes: { positive: { name: "phishing", label: -1 } },
    metrics: {
      protocol: "Measured on 60 rows whose vectors were never seen in training",
      test: { accuracy: { value: 0.9 } },
    },
    gates: [{ name: "bundle_answers", passed: true, value: 0, bound: 0 }],
  });
  const sample = (await readFile(join(root, "published/2/sample.csv"), "utf8")).trim().split("\n");
  expect(sample).toHaveLength(21);
  expect(sample[0]).toBe("length,port");
});

test("points back only to what is whole", async () => {
  await publish();
  await publish();
  await published.setLive(1);
  expect(await published.live()).toBe(1);
  await writeFile(join(root, "published/2/model.bundle"), "x");
  await expect(published.setLive(2)).rejects.toMatchObject({ code: "RUN_VERSION_DAMAGED" });
  await expect(published.setLive(7)).rejects.toMatchObject({
    code: "RUN_VERSION_UNKNOWN",
    hint: "Published are 1, 2",
  });
  expect(await published.live()).toBe(1);
});

test("gives no number twice, whoever publishes at the same time", async () => {
  const versions = await Promise.all([publish(), publish(), publish()]);
  expect(versions.sort()).toEqual([1, 2, 3]);
  for (const version of versions) {
    expect((await published.manifest(version)).version).toBe(version);
  }
});

test("a pointer that names no version is an error, not a guess", async () => {
  await mkdir(join(root, "published"), { recursive: true });
  for (const text of ["", "{}", '{"version":"1"}', '{"version":0}', "null"]) {
    await writeFile(join(root, "published/live.json"), text);
    await expect(published.live()).rejects.toMatchObject({ code: "RUN_POINTER_DAMAGED" });
  }
});
