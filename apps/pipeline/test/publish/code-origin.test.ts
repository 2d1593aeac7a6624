import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "@gillnet/entity/node";
import { readCodeOrigin } from "../../src/publish/code-origin.ts";

test("outside a checkout there is no commit; the lockfile is the nearest above", async () => {
  const root = await mkdtemp(join(tmpdir(), "code-origin-"));
  const folder = join(root, "apps", "pipeline");
  await mkdir(folder, { recursive: true });
  expect(await readCodeOrigin(folder)).toEqual({ gitCommit: null, lockfileSha256: null });
  await writeFile(join(root, "pnpm-lock.yaml"), "lock");
  expect(await readCodeOrigin(folder)).toEqual({ gitCommit: null, lockfileSha256: sha256("lock") });
  await rm(root, { recursive: true });
});

test("in a checkout the commit has 40 digits", async () => {
  const { gitCommit } = await readCodeOrigin(import.meta.dirname);
  expect(gitCommit ?? "0".repeat(40)).toMatch(/^[0-9a-f]{40}$/);
});
