import { mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { writeFiles } from "../src/write-files.ts";
import { inFolder } from "./sources/world.ts";
import { numeric, tableOf } from "./tables.ts";

test("above a million rows tables are written as Parquet alone", async () => {
  const rowCount = 1_000_001;
  const table = tableOf({ ...numeric("n", []), values: new Float64Array(rowCount) });
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  await inFolder(async (folder) => {
    const files = await writeFiles(
      table,
      rows,
      {
        split: { train: rows.subarray(1), test: rows.subarray(0, 1) },
        groups: { ids: rows, count: rowCount },
        description: {
          by: "vector",
          testShare: 0.2,
          trainRows: rowCount - 1,
          testRows: 1,
          trainGroups: rowCount - 1,
          testGroups: 1,
          leakedTestRows: 0,
        },
      },
      {
        output: {
          path: (relative) => {
            const path = join(folder, relative);
            mkdirSync(dirname(path), { recursive: true });
            return path;
          },
        },
        signal: new AbortController().signal,
      },
    );
    expect(files).toEqual({
      featureStore: "feature_store/table.parquet",
      train: "ingested/train.parquet",
      test: "ingested/test.parquet",
      trainCsv: null,
      testCsv: null,
    });
    const written = await readdir(folder, { recursive: true });
    expect(written.filter((file) => file.endsWith(".csv"))).toEqual([]);
  });
});
