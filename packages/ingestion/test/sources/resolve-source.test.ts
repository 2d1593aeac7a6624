import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { SourceParams, UciDataset } from "../../src/params.ts";
import { resolveSource } from "../../src/sources/resolve-source.ts";
import { environmentIn, fetchFrom, inFolder, withServer } from "./world.ts";

const synthetic = { rows: 100, certainty: 0 };
const uci: UciDataset = { id: 1, name: "Toy", fingerprint: "0".repeat(64), rename: {} };

test("each kind resolves to itself", async () => {
  await inFolder(async (folder) => {
    await writeFile(join(folder, "rows.csv"), "a,y\n1,2\n");
    const kindOf = async (source: SourceParams): Promise<string> =>
      (await resolveSource(source, environmentIn(folder))).description.kind;
    expect(await kindOf({ kind: "csv", path: "rows.csv", synthetic })).toBe("csv");
    expect(await kindOf({ kind: "parquet", path: "rows.csv", synthetic })).toBe("parquet");
    expect(await kindOf({ kind: "synthetic", synthetic })).toBe("synthetic");
  });
});

test("kind uci without a dataset is refused; a failed download is an error", async () => {
  await inFolder(async (folder) => {
    await expect(
      resolveSource({ kind: "uci", synthetic }, environmentIn(folder)),
    ).rejects.toMatchObject({ code: "INGESTION_SOURCE_PARAMS" });
    await withServer(
      (_request, response) => response.writeHead(503).end(),
      async (baseUrl) => {
        const environment = environmentIn(folder, { fetch: fetchFrom(baseUrl) });
        await expect(
          resolveSource({ kind: "uci", uci, synthetic }, environment),
        ).rejects.toMatchObject({ code: "INGESTION_UCI_DOWNLOAD" });
      },
    );
  });
});
