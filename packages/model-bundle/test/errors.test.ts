import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleErrors } from "../src/errors.ts";

const SOURCES = join(import.meta.dirname, "../src");

test("the table has every code that the sources name, and no other, in alphabetical order", () => {
  const codes = readdirSync(SOURCES)
    .filter((name) => name !== "errors.ts")
    .flatMap((name) => readFileSync(join(SOURCES, name), "utf8").match(/"BUNDLE_[A-Z_]+"/g) ?? [])
    .map((quoted) => quoted.slice(1, -1));
  expect(Object.keys(bundleErrors)).toEqual([...new Set(codes)].sort());
});
