import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactStore } from "../src/artifact-store.ts";
import { currentProcess } from "../src/process-identity.ts";

const NOON = new Date("2026-11-22T14:22:10.500Z");
let root: string;
let store: ArtifactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "artifact-store-"));
  store = new ArtifactStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function makeStage(run: string, text: string, answer = 1): Promise<string> {
  const output = await store.beginStage(run, "ingestion");
  await writeFile(output.path("ingested/train.csv"), text);
  await writeFile(output.path("feature_store/table.csv"), "a\n1\n");
  return (await output.commit({ stage: "ingestion", answer })).contentHash;
}

describe("runs", () => {
  test("are named by the time in UTC, with a suffix when taken, and listed newest first", async () => {
    expect(await store.listRuns()).toEqual([]);
    const names: string[] = [];
    for (let i = 0; i < 11; i++) names.push(await store.createRun(NOON));
    names.push(await store.createRun(new Date("2026-11-22T14:22:11Z")));
    expect(names.slice(0, 2)).toEqual(["2026-11-22-142210", "2026-11-22-142210-2"]);
    expect(await store.listRuns()).toEqual(names.toReversed());
  });

  test("other files beside them are no runs", async () => {
    await mkdir(join(root, "runs", "notes"), { recursive: true });
    expect(await store.listRuns()).toEqual([]);
  });
});

describe("a stage", () => {
  test("is not in the run before its commit, and whole after it", async () => {
    const run = await store.createRun(NOON);
    const output = await store.beginStage(run, "ingestion");
    await writeFile(output.path("ingested/train.csv"), "a,b\n");
    expect(await readdir(store.runFolder(run))).toEqual([]);
    await expect(store.readArtifact(run, "ingestion")).rejects.toMatchObject({
      code: "ARTIFACT_NOT_FOUND",
    });

    const stored = await output.commit({ stage: "ingestion" });
    expect(await readdir(store.runFolder(run))).toEqual(["ingestion"]);
    expect(stored.files["ingested/train.csv"]).toMatchObject({
      bytes: 4,
      sha256: "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313",
    });
    expect(await store.readArtifact(run, "ingestion")).toEqual(stored);
    expect(await store.handle(run, "ingestion")).toEqual({
      artifact: { stage: "ingestion" },
      folder: join(root, "runs", run, "ingestion"),
    });
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
  });

  test("leaves nothing when it is discarded", async () => {
    const run = await store.createRun(NOON);
    const output = await store.beginStage(run, "ingestion");
    await writeFile(output.path("half"), "");
    await output.discard();
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
    expect(await readdir(store.runFolder(run))).toEqual([]);
  });

  test("cannot write outside its folder", async () => {
    const output = await store.beginStage(await store.createRun(NOON), "ingestion");
    for (const path of ["../x", "/tmp/x", "a/../../x", "", "."]) {
      expect(() => output.path(path)).toThrow(
        expect.objectContaining({ code: "ARTIFACT_PATH_OUTSIDE" }),
      );
    }
  });

  test("has the same content hash when artifact and files are the same, else another", async () => {
    const hash = await makeStage(await store.createRun(NOON), "a\n");
    expect(await makeStage(await store.createRun(NOON), "a\n")).toBe(hash);
    expect(await makeStage(await store.createRun(NOON), "b\n")).not.toBe(hash);
    expect(await makeStage(await store.createRun(NOON), "a\n", 2)).not.toBe(hash);
  });

  test("with a record that is not one is damaged", async () => {
    const run = await store.createRun(NOON);
    await makeStage(run, "a\n");
    const record = join(store.stageFolder(run, "ingestion"), "artifact.json");
    const whole = await readFile(record, "utf8");
    const others = [
      whole.slice(0, 40),
      "null",
      "{}",
      whole.replace('"version": 1', '"version": 2'),
    ];
    for (const text of [...others, whole.replaceAll("ingestion", "trainer")]) {
      await writeFile(record, text);
      await expect(store.readArtifact(run, "ingestion")).rejects.toMatchObject({
        code: "ARTIFACT_DAMAGED",
      });
    }
  });
});

describe("adoption", () => {
  test("gives another run the same files without copying them", async () => {
    const first = await store.createRun(NOON);
    const hash = await makeStage(first, "a\n");
    const second = await store.createRun(NOON);
    await store.adoptStage(first, second, "ingestion");
    const stored = await store.readArtifact(second, "ingestion");
    expect(stored.contentHash).toBe(hash);
    expect(await store.findDamage(second, stored)).toEqual([]);
    const inode = async (run: string): Promise<number> =>
      (await stat(join(store.stageFolder(run, "ingestion"), "ingested/train.csv"))).ino;
    expect(await inode(second)).toBe(await inode(first));
  });

  test("of an artifact whose file is gone fails and leaves nothing", async () => {
    const first = await store.createRun(NOON);
    await makeStage(first, "a\n");
    await rm(join(store.stageFolder(first, "ingestion"), "ingested/train.csv"));
    const second = await store.createRun(NOON);
    await expect(store.adoptStage(first, second, "ingestion")).rejects.toMatchObject({
      code: "ENOENT",
    });
    expect(await readdir(store.runFolder(second))).toEqual([]);
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
  });
});

describe("damage", () => {
  async function damageAfter(change: (path: string) => Promise<void>): Promise<string[]> {
    const run = await store.createRun(NOON);
    await makeStage(run, "abcd\n");
    await change(join(store.stageFolder(run, "ingestion"), "ingested/train.csv"));
    return store.findDamage(run, await store.readArtifact(run, "ingestion"));
  }
  const later = new Date("2030-01-01T00:00:00Z");

  test("a file with another size, other bytes or not there is named", async () => {
    expect(await damageAfter((path) => writeFile(path, "ab\n"))).toEqual([
      "ingested/train.csv has 3 bytes, recorded were 5",
    ]);
    const flip = async (path: string): Promise<void> => {
      await writeFile(path, "abXd\n");
      await utimes(path, later, later);
    };
    expect(await damageAfter(flip)).toEqual([
      "ingested/train.csv is not the content that was written",
    ]);
    expect(await damageAfter((path) => rm(path))).toEqual(["ingested/train.csv cannot be read"]);
  });

  test("a file that only looks newer is not damaged", async () => {
    expect(await damageAfter((path) => utimes(path, later, later))).toEqual([]);
  });
});

describe("sweep", () => {
  test("removes what dead processes left and keeps what is being written", async () => {
    const run = await store.createRun(NOON);
    const output = await store.beginStage(run, "ingestion");
    const { host, startTicks } = currentProcess();
    const name = encodeURIComponent(host);
    // A process number above the highest that any system gives out.
    await mkdir(join(root, ".tmp", `${name}~4194305~~dead`));
    await mkdir(join(root, ".tmp", `elsewhere.invalid~1~~other`));
    if (startTicks !== null) {
      await mkdir(join(root, ".tmp", `${name}~${process.pid}~${startTicks - 1}~reused`));
    }
    expect(await store.sweep()).toBe(startTicks === null ? 1 : 2);
    expect(await readdir(join(root, ".tmp"))).toHaveLength(2);
    await output.commit({ stage: "ingestion" });
    expect(await store.sweep()).toBe(0);
  });
});
