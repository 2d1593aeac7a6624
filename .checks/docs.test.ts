import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationReference } from "../apps/pipeline/src/config/configuration-reference.ts";
import { benchmarksPage } from "../packages/bench/src/results/benchmarks-page.ts";
import { readResults } from "../packages/bench/src/results/result-files.ts";
import { allErrorCodes, errorReference, packagesWithSources, thrownCodes } from "./error-codes.ts";

const root = join(import.meta.dirname, "..");

/** `pnpm docs:write` runs these tests with GILLNET_WRITE_DOCS=1: then the pages are written, not compared. */
function expectFresh(page: string, text: string): void {
  const path = join(root, "docs", page);
  if (process.env["GILLNET_WRITE_DOCS"] === "1") writeFileSync(path, text);
  expect(readFileSync(path, "utf8")).toBe(text);
}

test("docs/errors.md lists every code, and no dead one", async () => {
  const codes = await allErrorCodes(root);
  expect(codes.length).toBeGreaterThan(30);
  expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  expectFresh("errors.md", errorReference(codes));
});

test("every code of a table is used, and every PipelineError's code is in the table of its package", async () => {
  const codes = await allErrorCodes(root);
  for (const owner of packagesWithSources(root)) {
    const own = codes.filter((entry) => entry.owner === owner).map(({ code }) => code);
    const named = thrownCodes(root, owner);
    expect({ owner, dead: own.filter((code) => !named.has(code)) }).toEqual({ owner, dead: [] });
    const prefixes = new Set(own.map((code) => `${code.split("_")[0]}_`));
    const unknown = [...named].filter(
      (code) => [...prefixes].some((prefix) => code.startsWith(prefix)) && !own.includes(code),
    );
    expect({ owner, unknown }).toEqual({ owner, unknown: [] });
  }
});

test("docs/configuration.md is written from the params schemas", () => {
  expectFresh("configuration.md", configurationReference());
});

test("docs/benchmarks.md is written from the results of the benchmarks", () => {
  const { results, remarks } = readResults(join(root, "packages/bench/results"));
  expectFresh("benchmarks.md", benchmarksPage(results, remarks));
});
