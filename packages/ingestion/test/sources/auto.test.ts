import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { contentFingerprint } from "../../src/fingerprint.ts";
import type { SourceParams, UciDataset } from "../../src/params.ts";
import { resolveAuto } from "../../src/sources/auto.ts";
import { numeric, tableOf } from "../tables.ts";
import { schemaOf } from "../schemas.ts";
import { environmentIn, fetchFrom, inFolder, sourceDefaults, withServer } from "./world.ts";

const uci: UciDataset = {
  id: 1,
  name: "Toy",
  fingerprint: contentFingerprint(tableOf(numeric("a", [1]), numeric("y", [2]))),
  rename: {},
};
const params: SourceParams = { ...sourceDefaults, kind: "auto", uci };
const schema = schemaOf();

test("a path wins, its ending tells the format", async () => {
  await inFolder(async (folder) => {
    for (const [path, kind] of [
      ["rows.csv", "csv"],
      ["rows.PARQUET", "parquet"],
    ] as const) {
      await writeFile(join(folder, path), "a,y\n1,2\n");
      const { description } = await resolveAuto({ ...params, path }, schema, environmentIn(folder));
      expect(description).toEqual({ kind, name: path, synthetic: false });
    }
  });
});

test("then MongoDB, and a server that is not there is an error, no reason to read something else", async () => {
  await inFolder(async (folder) => {
    const reading = resolveAuto(
      params,
      schema,
      environmentIn(folder, { mongoUrl: "mongodb://u:hidden@/" }),
    );
    await expect(reading).rejects.toMatchObject({ code: "INGESTION_MONGODB_URL" });
  });
});

test("then the UCI table", async () => {
  await withServer(
    (_request, response) => response.end("a,y\n1,2\n"),
    (baseUrl) =>
      inFolder(async (folder) => {
        const environment = environmentIn(folder, { fetch: fetchFrom(baseUrl) });
        const resolved = await resolveAuto(params, schema, environment);
        expect(resolved.description).toEqual({
          kind: "uci",
          name: "Toy (UCI 1)",
          synthetic: false,
        });
        expect(environment.logger.lines).toEqual([
          `info source.downloaded: Downloaded the UCI table Toy to ${join(folder, "cache", "uci-1.csv")}`,
        ]);
      }),
  );
});

test("a download that fails leads to the synthetic table, with a warning", async () => {
  await withServer(
    (_request, response) => response.writeHead(500).end(),
    (baseUrl) =>
      inFolder(async (folder) => {
        const environment = environmentIn(folder, { fetch: fetchFrom(baseUrl) });
        const resolved = await resolveAuto(params, schema, environment);
        expect(resolved.description).toMatchObject({ kind: "synthetic", synthetic: true });
        expect(resolved.notes[0]).toContain("100 rows were drawn from");
        expect(environment.logger.lines).toEqual([
          expect.stringMatching(
            /^warn source\.synthetic: Using a synthetic table, since there is no real one: Could not download .*status 500\. Set source\.path/,
          ),
        ]);
      }),
  );
});

test("so does a configuration without a dataset", async () => {
  await inFolder(async (folder) => {
    const environment = environmentIn(folder);
    const resolved = await resolveAuto({ ...sourceDefaults, kind: "auto" }, schema, environment);
    expect(resolved.description.kind).toBe("synthetic");
    expect(environment.logger.lines[0]).toContain("source.uci declares no dataset");
  });
});

test("another content than declared is an error, no reason to make rows up", async () => {
  await withServer(
    (_request, response) => response.end("a,y\n1,3\n"),
    (baseUrl) =>
      inFolder(async (folder) => {
        await expect(
          resolveAuto(params, schema, environmentIn(folder, { fetch: fetchFrom(baseUrl) })),
        ).rejects.toMatchObject({ code: "INGESTION_UCI_FINGERPRINT" });
      }),
  );
});
