import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as entry from "../src/index.ts";

const ROOT = join(import.meta.dirname, "..");
const ENTITY = join(ROOT, "../entity/src");

/** What a file imports or exports from. */
function specifiersOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    (match) => match[1] as string,
  );
}

test("depends on entity alone", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as object;
  expect(manifest).toMatchObject({
    dependencies: { "@gillnet/entity": "workspace:*" },
    exports: { ".": expect.anything() },
  });
  expect(manifest).not.toHaveProperty("peerDependencies");
  expect(manifest).not.toHaveProperty("optionalDependencies");
});

test("offers these names and no others", () => {
  expect(Object.keys(entry).sort()).toEqual([
    "PipelineError",
    "bundleErrors",
    "decodeBundle",
    "decodeInputs",
    "encodeBundle",
    "encodeInputs",
    "encodeRows",
    "encodeTable",
    "isPipelineError",
    "nearestName",
    "parseCell",
    "parseManifest",
    "predictProbabilities",
    "predictRows",
    "preprocess",
  ]);
});

test("runs in the browser: no source imports anything but entity and its neighbours", () => {
  const files = readdirSync(join(ROOT, "src"));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    for (const specifier of specifiersOf(join(ROOT, "src", file))) {
      expect(specifier).toMatch(/^(\.\/[a-z0-9-]+\.ts|@gillnet\/entity)$/);
    }
    const text = readFileSync(join(ROOT, "src", file), "utf8");
    expect(text).not.toMatch(/\b(Buffer|process|require|globalThis|eval|Function)\b[.(]/);
  }
});

test("runs in the browser: nothing behind entity's main entry imports a module of Node's", () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of specifiersOf(join(ENTITY, file))) {
      expect(`${file}: ${specifier}`).toMatch(/: \.\/[a-z0-9-]+\.ts$/);
      visit(specifier.slice(2));
    }
  };
  visit("index.ts");
  expect(seen.size).toBeGreaterThan(5);
  expect(seen.has("content-hash.ts")).toBe(false);
});
