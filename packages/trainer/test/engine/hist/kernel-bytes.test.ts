import { spawnSync } from "node:child_process";
import { join } from "node:path";

test("the committed kernel is what its sources give", () => {
  const script = join(import.meta.dirname, "../../../scripts/write-kernel.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
