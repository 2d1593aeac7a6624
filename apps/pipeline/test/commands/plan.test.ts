import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planCommand } from "../../src/commands/plan.ts";
import { NO_FLAGS, smallApp, uciConfig } from "./small-app.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plan-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("downloads nothing: a source that is not here yet is said not to be", async () => {
  await writeFile(join(folder, "pipeline.yaml"), uciConfig("a".repeat(64)));
  let asked = false;
  const { app, written } = smallApp(folder, () => {
    asked = true;
    return Promise.reject(new TypeError("fetch failed"));
  });
  await planCommand({ ...NO_FLAGS, check: false }, app);
  expect(asked).toBe(false);
  expect(written.out).toContain("The source is not here yet: a run downloads it first");
  expect(written.out).toMatch(/ingestion {8}▸ run {2}no earlier run/);
  expect(await readdir(folder)).toEqual(["pipeline.yaml"]);
});
