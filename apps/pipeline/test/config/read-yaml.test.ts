import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Origin } from "../../src/config/config-tree.ts";
import { toPlain } from "../../src/config/config-tree.ts";
import { readYaml } from "../../src/config/read-yaml.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yaml-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("reads a file whose places carry the given name", async () => {
  await writeFile(join(folder, "a.yaml"), "x: [1]\n");
  const { root, problems } = await readYaml(join(folder, "a.yaml"), "shown.yaml");
  expect(problems).toEqual([]);
  expect(root && toPlain(root)).toEqual({ x: [1] });
  expect(root?.origin).toEqual({ kind: "file", file: "shown.yaml", line: 1, column: 1 });
});

test.each<[string, (path: string) => Promise<unknown>, string]>([
  ["no file", async () => {}, "does not exist"],
  ["a folder", (path) => mkdir(path), "is a folder, not a file"],
  ["bytes", (path) => writeFile(path, Buffer.from([0x61, 0x3a, 0xff])), "is not UTF-8 text"],
  ["UTF-16", (path) => writeFile(path, "\uFEFFa: 1", "utf16le"), "is not UTF-8 text"],
  ["NULs", (path) => writeFile(path, "a: \0"), "is not text"],
  [
    "a file of 10 GB",
    async (path) => {
      await writeFile(path, "");
      await truncate(path, 10e9);
    },
    "has 10000000000 bytes; a configuration has at most 4194304",
  ],
])("%s cannot be read", async (_name, make, message) => {
  const path = join(folder, "f.yaml");
  await make(path);
  const alone = await readYaml(path, "f.yaml");
  expect(alone.root).toBeUndefined();
  expect(alone.problems).toMatchObject([
    { code: "CONFIG_FILE_UNREADABLE", origin: { kind: "whole", file: "f.yaml" } },
  ]);
  expect(alone.problems[0]?.message).toContain(`The file ${message}`);

  const namedAt: Origin = { kind: "file", file: "p.yaml", line: 3, column: 9 };
  const named = await readYaml(path, "f.yaml", namedAt);
  expect(named.problems[0]).toMatchObject({ origin: namedAt });
  expect(named.problems[0]?.message).toContain(`f.yaml ${message}`);
});

test("a path through a file does not exist", async () => {
  await writeFile(join(folder, "a.yaml"), "x: 1\n");
  expect((await readYaml(join(folder, "a.yaml", "b.yaml"), "b")).problems).toMatchObject([
    { code: "CONFIG_FILE_UNREADABLE", message: "The file does not exist" },
  ]);
});
