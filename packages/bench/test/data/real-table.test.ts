import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRealTable, splitTable } from "../../src/data/real-table.ts";
import type { LabelledTable } from "../../src/data/real-table.ts";
import { testApp } from "../test-app.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gillnet-bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(csv: string): Promise<LabelledTable> {
  const path = join(folder, "table.csv");
  writeFileSync(path, csv);
  return readRealTable(testApp({ environment: { GILLNET_UCI_TABLE: path } }).app);
}

test("reads numbers and takes -1 in the last column for the positive class", async () => {
  expect(await read('"a","b","label"\r\n1,0,-1\r\n-1,1,1\r\n')).toEqual({
    x: Float64Array.of(1, 0, -1, 1),
    y: Uint8Array.of(1, 0),
    cols: 2,
    names: ["a", "b"],
  });
});

test.each([
  ["a gap", "a,label\n1,-1\n,1\n"],
  ["a text", "a,label\n1,-1\nx,1\n"],
  ["one column", "label\n1\n-1\n"],
  ["one class", "a,label\n1,-1\n0,-1\n"],
])("refuses %s", async (_name, csv) => {
  await expect(read(csv)).rejects.toMatchObject({ code: "BENCH_NO_TABLE" });
});

test("says where it looked", async () => {
  const { app } = testApp({ environment: { GILLNET_UCI_TABLE: join(folder, "none.csv") } });
  await expect(readRealTable(app)).rejects.toMatchObject({
    code: "BENCH_NO_TABLE",
    message: expect.stringContaining("none.csv") as string,
    hint: expect.stringContaining("pnpm pipeline data fetch") as string,
  });
});

test("deals a fifth to the test, every row once, always the same", () => {
  const rows = 103;
  const table = {
    x: Float64Array.from({ length: rows }, (_, row) => row),
    y: Uint8Array.from({ length: rows }, (_, row) => row % 2),
    cols: 1,
  };
  const { train, test } = splitTable(table);
  expect(test.y).toHaveLength(21);
  const numbers = [...train.x, ...test.x];
  expect(numbers.toSorted((a, b) => a - b)).toEqual([...table.x]);
  expect([...train.y, ...test.y]).toEqual(numbers.map((row) => row % 2));
  expect(splitTable(table)).toEqual({ train, test });
});
