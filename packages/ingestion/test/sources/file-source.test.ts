import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { resolveFile } from "../../src/sources/file-source.ts";
import { environmentIn, inFolder } from "./world.ts";

test("a path starts from the base folder; the hash is that of the file's bytes", async () => {
  await inFolder(async (folder) => {
    await writeFile(join(folder, "rows.csv"), "a,y\n1,2\n");
    expect(await resolveFile("csv", { path: "./rows.csv" }, environmentIn(folder))).toEqual({
      description: { kind: "csv", name: "rows.csv", synthetic: false },
      content: { format: "csv", path: join(folder, "rows.csv"), matchCase: true, rename: {} },
      inputHash: createHash("sha256").update("a,y\n1,2\n").digest("hex"),
      notes: [],
    });
  });
});

test("a missing file, a folder and no path are refused", async () => {
  await inFolder(async (folder) => {
    const environment = environmentIn(folder);
    await expect(resolveFile("csv", { path: "none.csv" }, environment)).rejects.toMatchObject({
      code: "INGESTION_SOURCE_NOT_FOUND",
      message: `There is no file none.csv (looked for ${join(folder, "none.csv")})`,
    });
    await expect(resolveFile("csv", { path: "." }, environment)).rejects.toMatchObject({
      code: "INGESTION_SOURCE_NOT_FOUND",
      message: ". is not a file",
    });
    await expect(resolveFile("parquet", {}, environment)).rejects.toMatchObject({
      code: "INGESTION_SOURCE_PARAMS",
    });
  });
});
