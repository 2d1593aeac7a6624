import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnvironment } from "../../src/config/read-environment.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "environment-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("without .env the environment is what it was", async () => {
  expect(await readEnvironment(folder, { A: "1" })).toEqual({
    environment: { A: "1" },
    problems: [],
  });
});

test(".env adds what is not set; what is set stays, even when empty", async () => {
  await writeFile(
    join(folder, ".env"),
    "\uFEFFA=file # comment\nB='quoted # no comment'\nexport C=\"x\\ny\"\nD=file\nE=file\n",
  );
  const { environment } = await readEnvironment(folder, { A: "real", D: "", E: undefined });
  expect(environment).toEqual({ A: "real", B: "quoted # no comment", C: "x\ny", D: "", E: "file" });
});

test("a .env that cannot be read is a problem", async () => {
  await mkdir(join(folder, ".env"));
  expect((await readEnvironment(folder, {})).problems).toMatchObject([
    { code: "CONFIG_FILE_UNREADABLE", origin: { kind: "whole", file: ".env" } },
  ]);
});
