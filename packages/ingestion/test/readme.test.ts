import { mkdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { StageContext } from "@gillnet/entity";

import { ingest, resolveSource } from "../src/index.ts";
import type { IngestionParams } from "../src/index.ts";
import { schemaOf } from "./schemas.ts";
import { inFolder, recordingLogger, sourceDefaults } from "./sources/world.ts";

test("the README's example is this code, and says what comes out", async () => {
  await inFolder(async (baseFolder) => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i % 40},a,${i % 2 === 0 ? "yes" : "no"}`);
    await writeFile(join(baseFolder, "rows.csv"), `Size,Kind,Label\n${rows.join("\n")}\n`);
    const cacheFolder = join(baseFolder, "cache");
    const { signal } = new AbortController();
    const logger = recordingLogger();
    const mongoUrl = undefined;
    const config = { source: { ...sourceDefaults, kind: "csv" as const, path: "rows.csv" } };
    const schema = schemaOf();
    const params: IngestionParams = {
      split: { by: "auto", test_share: 0.2 },
      rejected: { policy: "quarantine", maximum_share: 0.01 },
    };
    const output = {
      path: (relative: string): string => {
        const path = join(baseFolder, "output", relative);
        mkdirSync(dirname(path), { recursive: true });
        return path;
      },
    };
    const context: StageContext = {
      seed: 1,
      jobs: 1,
      now: () => new Date(0),
      logger,
      progress: () => undefined,
      output,
      signal,
    };

    const source = await resolveSource(config.source, schema, {
      baseFolder,
      cacheFolder,
      mongoUrl,
      fetch,
      signal,
      logger,
    });
    const { split, duplicateRows } = await ingest({ source, schema }, params, context);

    expect(split).toMatchObject({
      by: "vector",
      trainRows: 80,
      testRows: 20,
      leakedTestRows: 0,
    });
    expect(duplicateRows).toBe(60);
  });

  const [readme, code] = await Promise.all(
    ["../README.md", "./readme.test.ts"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  const example = /```ts\n(.*?)\n\/\//s.exec(readme as string)?.[1] as string;
  expect((code as string).replaceAll("\n    ", "\n")).toContain(example);
});
