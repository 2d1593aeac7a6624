import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { SourceParams, UciDataset } from "../../src/params.ts";
import { resolveSource } from "../../src/sources/resolve-source.ts";
import { schemaOf } from "../schemas.ts";
import { environmentIn, fetchFrom, inFolder, sourceDefaults, withServer } from "./world.ts";

const schema = schemaOf();
const uci: UciDataset = { id: 1, name: "Toy", fingerprint: "0".repeat(64), rename: {} };

test("each kind resolves to itself", async () => {
  await inFolder(async (folder) => {
    await writeFile(join(folder, "rows.csv"), "a,y\n1,2\n");
    const kindOf = async (source: SourceParams): Promise<string> =>
      (await resolveSource(source, schema, environmentIn(folder))).description.kind;
    expect(await kindOf({ ...sourceDefaults, kind: "csv", path: "rows.csv" })).toBe("csv");
    expect(await kindOf({ ...sourceDefaults, kind: "parquet", path: "rows.csv" })).toBe("parquet");
    expect(await kindOf({ ...sourceDefaults, kind: "synthetic" })).toBe("synthetic");
  });
});

test("kind uci without a dataset is refused; a failed download is an error", async () => {
  await inFolder(async (folder) => {
    await expect(
      resolveSource({ ...sourceDefaults, kind: "uci" }, schema, environmentIn(folder)),
    ).rejects.toMatchObject({ code: "INGESTION_SOURCE_PARAMS" });
    await withServer(
      (_request, response) => response.writeHead(503).end(),
      async (baseUrl) => {
        const environment = environmentIn(folder, { fetch: fetchFrom(baseUrl) });
        await expect(
          resolveSource({ ...sourceDefaults, kind: "uci", uci }, schema, environment),
        ).rejects.toMatchObject({ code: "INGESTION_UCI_DOWNLOAD" });
      },
    );
  });
});
