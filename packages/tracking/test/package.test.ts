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
    "checkServer",
    "openJournal",
    "recordRun",
    "sync",
    "trackingErrors",
  ]);
});

test("does not load the HTTP client before there is a server to talk to", async () => {
  const seen = new Set<string>();
  const visit = async (file: URL): Promise<void> => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    const text = await readFile(file, "utf8");
    for (const [, kind = "", path = ""] of text.matchAll(
      /^(import|export) (?!type)[^;]*? from "([^"]+)"/gm,
    )) {
      expect([kind, path]).not.toContain("undici");
      if (path.startsWith(".")) await visit(new URL(path, file));
    }
  };
  await visit(new URL("../src/index.ts", import.meta.url));
  expect(seen.size).toBeGreaterThan(5);
});
