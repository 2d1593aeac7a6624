import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runErrors } from "../src/errors.ts";

const source = join(import.meta.dirname, "../src");
const code = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith("errors.ts"))
  .map((path) => readFileSync(join(source, path), "utf8"))
  .join("\n");

test("every RUN_ code that is thrown is in the table, and every one of the table is thrown", () => {
  const thrown = new Set(
    [...code.matchAll(/new PipelineError\(\s*"(RUN_[A-Z_]+)"/g)].map((match) => match[1]),
  );
  expect([...thrown].sort()).toEqual(Object.keys(runErrors));
});
