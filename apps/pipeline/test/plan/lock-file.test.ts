import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLockFile, writeLockFile } from "../../src/plan/lock-file.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-file-"));
  path = join(folder, "pipeline.lock.yaml");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ENTRY = {
  key: "abc",
  code: { "@gillnet/trainer": "1" },
  params: { trainer: { b: [1, 2], a: "1", c: null }, seed: 42 },
  inputs: {},
  outputs: { "b.csv": "2", "a/b.csv": "1" },
  run: "2026-11-22-142210",
};

test("reads what was written, with sorted keys", async () => {
  await writeLockFile(path, { trainer: ENTRY, ingestion: ENTRY });
  expect(await readLockFile(path)).toEqual({ stages: { trainer: ENTRY, ingestion: ENTRY } });
  const text = await readFile(path, "utf8");
  expect(text.indexOf("ingestion:")).toBeLessThan(text.indexOf("\n  trainer:"));
  expect(text.indexOf("a/b.csv")).toBeLessThan(text.indexOf("b.csv: "));
  expect(text).not.toContain("&");
});

test("no file is no stages", async () => {
  expect(await readLockFile(path)).toEqual({ stages: {} });
});

test.each([
  ["version: 2\nstages: {}\n", "its version is 2, not 1"],
  ["", "its version is undefined, not 1"],
  ["version: 1\n", "its stages are not what a run writes"],
  ["version: 1\nstages: { trainer: { key: a } }\n", "its stages are not what a run writes"],
  ["version: 1\nstages: [\n", "it is not YAML"],
])("%j is not used, with a reason", async (text, problem) => {
  await writeFile(path, text);
  expect(await readLockFile(path)).toEqual({ stages: {}, problem });
});
