import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// pnpm drops an optional dependency that it cannot resolve without a word; such a lockfile installs
// on the machine that wrote it and breaks on other platforms.
test("the lockfile names the prebuilt parts of every platform", () => {
  const root = join(import.meta.dirname, "..");
  const lockfile = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
  const store = join(root, "node_modules", ".pnpm");
  const missing: string[] = [];
  let checked = 0;
  for (const entry of readdirSync(store)) {
    const folder = join(store, entry, "node_modules");
    if (!existsSync(folder)) continue;
    for (const path of packagePaths(folder)) {
      const manifest = JSON.parse(readFileSync(path, "utf8")) as {
        name: string;
        optionalDependencies?: Record<string, string>;
      };
      for (const name of Object.keys(manifest.optionalDependencies ?? {})) {
        checked++;
        if (!lockfile.includes(name)) missing.push(`${manifest.name} needs ${name}`);
      }
    }
  }
  expect(checked).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

function* packagePaths(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(".")) continue;
    if (name.startsWith("@")) yield* packagePaths(join(folder, name));
    else if (existsSync(join(folder, name, "package.json")))
      yield join(folder, name, "package.json");
  }
}
