import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResults, writeResult } from "../../src/results/result-files.ts";
import { resultOf, timing } from "./results.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gillnet-bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const result = resultOf("train-tree", [
  { side: "gillnet", library: "Gillnet", model: "tree", timing: timing(0.25) },
]);

test("results come back by name, with the remarks", async () => {
  await writeResult(folder, { ...result, name: "train-b" });
  await writeResult(folder, { ...result, name: "train-a" });
  writeFileSync(join(folder, "remarks.json"), '{ "fit-tree": "Small" }');
  const { results, remarks } = readResults(folder);
  expect(results).toEqual([
    { ...result, name: "train-a" },
    { ...result, name: "train-b" },
  ]);
  expect(remarks).toEqual({ "fit-tree": "Small" });
});

test("keys are sorted, and numbers have six digits", async () => {
  await writeResult(folder, { ...result, settings: { b: 1 / 3, a: 2 } });
  const text = readFileSync(join(folder, "train-tree.json"), "utf8");
  expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(result).sort());
  expect(text).toContain('"settings": {\n    "a": 2,\n    "b": 0.333333\n  }');
});

test.each([
  ["no JSON", "{"],
  ["another name", '{ "name": "train-other", "sides": [] }'],
])("a file of %s is refused", (_name, text) => {
  writeFileSync(join(folder, "train-tree.json"), text);
  expect(() => readResults(folder)).toThrow(expect.objectContaining({ code: "BENCH_FILE_BAD" }));
});
