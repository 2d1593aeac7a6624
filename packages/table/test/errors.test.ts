import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableErrors } from "../src/index.ts";

test("every code that is thrown is in the table, and every code in the table is thrown", () => {
  const src = join(import.meta.dirname, "..", "src");
  const thrown = new Set<string>();
  for (const file of readdirSync(src).filter((name) => name !== "errors.ts")) {
    const code = readFileSync(join(src, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
    for (const [, name] of code.matchAll(/"(TABLE_[A-Z0-9_]+)"/g)) thrown.add(name as string);
  }
  expect([...thrown].sort()).toEqual(Object.keys(tableErrors));
});
