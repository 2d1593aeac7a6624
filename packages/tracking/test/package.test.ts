import { readFile } from "node:fs/promises";
import * as entry from "../src/index.ts";

test("depends on entity and undici alone", async () => {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const manifest = JSON.parse(text) as object;
  expect(manifest).toHaveProperty("dependencies", {
    "@gillnet/entity": "workspace:*",
    undici: "catalog:",
  });
  expect(manifest).not.toHaveProperty("peerDependencies");
  expect(manifest).not.toHaveProperty("optionalDependencies");
});

test("offers these names and no others", () => {
  expect(Object.keys(entry).sort()).toEqual([
    "openJournal",
    "recordRun",
    "sync",
    "trackingErrors",
    "trackingParamsSchema",
  ]);
});
