import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentProcess } from "@gillnet/entity/node";
import { acquireRunLock, readLockHolder } from "../../src/run/run-lock.ts";

const NOON = new Date("2026-11-22T12:00:00Z");
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-lock-"));
  path = join(folder, "artifacts", "run.lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leaveLock(changes: object): Promise<void> {
  const lock = await acquireRunLock(path, NOON, "pipeline run");
  lock.release();
  const holder = { ...currentProcess(), started: NOON.toISOString(), command: "pipeline run" };
  await writeFile(path, JSON.stringify({ ...holder, ...changes }));
}

/** Above the highest number that any system gives out. */
const DEAD = { pid: 4_194_305, startTicks: null };

test("is taken, says who holds it, and is given back", async () => {
  const lock = await acquireRunLock(path, NOON, "pipeline run --force");
  expect(lock.takenFrom).toBeUndefined();
  expect(await readLockHolder(path)).toMatchObject({
    pid: process.pid,
    started: "2026-11-22T12:00:00.000Z",
    command: "pipeline run --force",
  });
  expect(await readdir(join(folder, "artifacts"))).toEqual(["run.lock"]);
  lock.release();
  expect(await readdir(join(folder, "artifacts"))).toEqual([]);
  expect(await readLockHolder(path)).toBeUndefined();
  lock.release();
});

test("is refused while its holder lives", async () => {
  const lock = await acquireRunLock(path, NOON, "pipeline run");
  await expect(acquireRunLock(path, NOON, "pipeline publish")).rejects.toMatchObject({
    code: "RUN_LOCKED",
    message: `Process ${process.pid} is running 'pipeline run' here since 2026-11-22T12:00:00.000Z`,
    hint: `Wait until it ends, or stop it with: kill ${process.pid}`,
  });
  lock.release();
});

test("is refused when its holder is on another machine, which nobody can ask", async () => {
  await leaveLock({ host: "elsewhere.invalid" });
  await expect(acquireRunLock(path, NOON, "x")).rejects.toMatchObject({
    code: "RUN_LOCKED",
    hint: expect.stringContaining(`delete ${path}`),
  });
});

test("is taken over from a process that ended", async () => {
  await leaveLock(DEAD);
  expect(await readLockHolder(path)).toBeUndefined();
  const lock = await acquireRunLock(path, NOON, "pipeline run");
  expect(lock.takenFrom).toMatchObject(DEAD);
  expect(await readdir(join(folder, "artifacts"))).toEqual(["run.lock"]);
  lock.release();
});

test("is taken over when it is no lock at all", async () => {
  await leaveLock({});
  for (const text of ["", "{", "null", "[]", '{"pid":"x"}']) {
    await writeFile(path, text);
    const lock = await acquireRunLock(path, NOON, "pipeline run");
    lock.release();
  }
});

test("is not given back when somebody else holds it by now", async () => {
  const lock = await acquireRunLock(path, NOON, "pipeline run");
  await rm(path);
  const other = await acquireRunLock(path, NOON, "pipeline publish");
  lock.release();
  expect(await readFile(path, "utf8")).toContain("pipeline publish");
  other.release();
});

test("goes to one of many who want it at the same time, dead holder or none", async () => {
  for (const prepare of [(): Promise<void> => leaveLock(DEAD), (): Promise<void> => rm(path)]) {
    await prepare();
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => acquireRunLock(path, NOON, `run ${i}`)),
    );
    const won = results.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
  }
});
