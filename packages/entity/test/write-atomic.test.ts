import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileAtomic } from "../src/write-atomic.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-atomic-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("writes a file, making its folder, and replaces it", async () => {
  const path = join(folder, "a", "b.json");
  await writeFileAtomic(path, "one");
  await writeFileAtomic(path, new TextEncoder().encode("two"));
  expect(await readFile(path, "utf8")).toBe("two");
  expect(await readdir(join(folder, "a"))).toEqual(["b.json"]);
});

test("a failed write leaves what was there and no temporary file", async () => {
  const path = join(folder, "taken");
  await mkdir(path);
  await expect(writeFileAtomic(path, "text")).rejects.toMatchObject({ code: "EISDIR" });
  expect(await readdir(folder)).toEqual(["taken"]);
});

test("writers at the same time leave one whole content", async () => {
  const path = join(folder, "file");
  const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000));
  await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
  expect(contents).toContain(await readFile(path, "utf8"));
  expect(await readdir(folder)).toEqual(["file"]);
});
