import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { artifactErrors } from "../src/errors.ts";

const source = join(import.meta.dirname, "../src");
const code = readdirSync(source)
  .map((name) => readFileSync(join(source, name), "utf8"))
  .join("\n");

test("every ARTIFACT_ code that is thrown is in the table, and every one of the table is thrown", () => {
  const thrown = new Set(
    [...code.matchAll(/new PipelineError\(\s*"(ARTIFACT_[A-Z_]+)"/g)].map((match) => match[1]),
  );
  expect([...thrown].sort()).toEqual(Object.keys(artifactErrors));
});
