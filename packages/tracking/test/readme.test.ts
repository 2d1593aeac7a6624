import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openJournal, recordRun, sync } from "../src/index.ts";
import { FakeMlflow } from "./fake-mlflow.ts";
import { inFolder, sampleRun, writeFiles } from "./sample-run.ts";

test("the README's example is this code, and says what comes out", async () => {
  const server = new FakeMlflow();
  const uri = await server.start();
  const token = "t0ken";
  const { signal } = new AbortController();
  await inFolder(async (folder) => {
    const files = await writeFiles(folder, { "model.bundle": "b" });
    const run = sampleRun({
      model: { files, flavors: {}, register: { name: "phishing", alias: "live" } },
    });
    const runFolder = join(folder, "run");

    const journal = await openJournal(runFolder);
    await recordRun(run, journal); // first to the disk, whether there is a server or not
    const { runUrl, modelVersion, notes } = await sync(journal, { uri, token }, { signal });
    expect({ runUrl, modelVersion, notes }).toEqual({
      runUrl: `${uri}/#/experiments/1/runs/run1`,
      modelVersion: "1",
      notes: [],
    });
    const { sent } = await sync(journal, { uri, token }, { signal });
    expect(sent).toBe(0);
  });
  await server.stop();

  const [readme, code] = await Promise.all(
    ["../README.md", "./readme.test.ts"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  const example = /```ts\n(.*?)```/s.exec(readme as string)?.[1] as string;
  for (const line of example.split("\n")) {
    if (!line.startsWith("//")) expect(code).toContain(line);
  }
});
