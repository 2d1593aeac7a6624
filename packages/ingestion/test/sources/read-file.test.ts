import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { writeParquet } from "@gillnet/table";

import { contentFingerprint } from "../../src/fingerprint.ts";
import { fingerprintFile, readFile } from "../../src/sources/read-file.ts";
import type { FileContent } from "../../src/sources/source.ts";
import { categorical, numeric, tableOf } from "../tables.ts";
import { inFolder } from "./world.ts";

const { signal } = new AbortController();
const layout = {
  columns: [
    { name: "Size", kind: "numeric" as const },
    { name: "Kind", kind: "categorical" as const },
  ],
  missingMarkers: ["NA"],
};

test("a file's columns get the layout's names, renamed or in another case", async () => {
  await inFolder(async (folder) => {
    const content: FileContent = {
      format: "csv",
      path: join(folder, "rows.csv"),
      matchCase: false,
      rename: { sort: "Kind", gone: "Size", rest: "Left over" },
    };
    await writeFile(content.path, "sort,rest,SIZE\na,x,1\nb,y,NA\n");
    const { table, unknownColumns } = await readFile(content, { layout });
    expect(table).toEqual(
      tableOf(numeric("Size", [1, Number.NaN]), categorical("Kind", ["a", "b"])),
    );
    expect(unknownColumns).toEqual(["Left over"]);
  });
});

test("Parquet files are read likewise", async () => {
  await inFolder(async (folder) => {
    const table = tableOf(numeric("Size", [1, 2]), categorical("Kind", ["a", null]));
    const path = join(folder, "rows.parquet");
    await writeParquet(path, table);
    const content: FileContent = { format: "parquet", path, matchCase: true, rename: {} };
    expect((await readFile(content, { layout })).table).toEqual(table);
  });
});

test("a fingerprint covers all columns, renamed, with every cell as it stands", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "rows.csv");
    await writeFile(path, "sort,SIZE\na,1.0\nNA,\n");
    const content: FileContent = {
      format: "csv",
      path,
      matchCase: false,
      rename: { sort: "Kind" },
    };
    expect(await fingerprintFile(content, signal)).toBe(
      contentFingerprint(
        tableOf(categorical("kind", ["a", "NA"]), numeric("size", [1, Number.NaN])),
      ),
    );
  });
});
