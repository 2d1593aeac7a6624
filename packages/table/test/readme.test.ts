import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCsv } from "../src/read-csv.ts";
import { readParquet } from "../src/read-parquet.ts";
import { writeParquet } from "../src/write-parquet.ts";

test("the example of the README runs", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gillnet-readme-"));
  writeFileSync(join(folder, "people.csv"), "age,city\n33,Oslo\n?,Rome\nold,Bern\n");
  const readme = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const lines: string[] = [];
  const body = example
    .replace(/^import .*$/m, "")
    .replaceAll(/"(\w+\.(?:csv|parquet))"/g, (_, file: string) =>
      JSON.stringify(join(folder, file)),
    );
  // The only way to run a text: this one is ours.
  // oxlint-disable-next-line typescript/no-implied-eval
  const run = new Function(
    "readCsv",
    "writeParquet",
    "console",
    `return (async () => {${body}})()`,
  );
  const log = (line: string): number => lines.push(line);
  await (run(readCsv, writeParquet, { log }) as Promise<void>);
  expect(lines).toEqual(["2 rows kept, 1 rejected"]);
  expect(readFileSync(join(folder, "rejected.csv"), "utf8")).toContain("3,4,age,old,Not a number");
  const { table } = await readParquet(join(folder, "people.parquet"), {
    layout: { columns: [{ name: "city", kind: "categorical" }], missingMarkers: [] },
  });
  expect(table.rowCount).toBe(2);
  rmSync(folder, { recursive: true });
});
