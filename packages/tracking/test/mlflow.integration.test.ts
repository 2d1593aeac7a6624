import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { openJournal, recordRun, sync } from "../src/index.ts";
import type { TrackedRun } from "../src/index.ts";
import { readSyncState } from "../src/sync-state.ts";
import { codeOf } from "./error-of.ts";
import { freePort, MlflowServer } from "./mlflow-server.ts";
import { inFolder, sampleRun, writeFiles } from "./sample-run.ts";

const command = process.env["GILLNET_MLFLOW_COMMAND"] ?? "";
const MINUTES = 60_000;

/** Reads a run as a Python user would, and prints it as JSON. */
const READ_BACK = `
import hashlib, json, os, sys, tempfile, mlflow
from mlflow.data import get_source
uri, run_id, name, alias = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()
run = client.get_run(run_id)
with tempfile.TemporaryDirectory() as folder:
    local = mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=folder)
    files = {}
    for parent, _, names in os.walk(local):
        for file in names:
            path = os.path.join(parent, file)
            with open(path, "rb") as content:
                digest = hashlib.sha256(content.read()).hexdigest()
            files[os.path.relpath(path, local).replace(os.sep, "/")] = digest
dataset = run.inputs.dataset_inputs[0].dataset
version = client.get_model_version_by_alias(name, alias)
print(json.dumps({
    "runs": len(client.search_runs([run.info.experiment_id])),
    "name": run.info.run_name, "status": run.info.status,
    "start": run.info.start_time, "end": run.info.end_time,
    "params": run.data.params,
    "metrics": {key: repr(value) for key, value in run.data.metrics.items()},
    "history": {key: len(client.get_metric_history(run_id, key)) for key in run.data.metrics},
    "tags": run.data.tags, "files": files,
    "dataset": {"name": dataset.name, "digest": dataset.digest, "source": get_source(dataset).to_dict()},
    "version": version.version, "versions": len(client.search_model_versions(f"name='{name}'")),
    "version_run": version.run_id,
    "models": len(json.loads(run.data.tags["mlflow.log-model.history"])),
}))
`;

async function read({ uri }: MlflowServer, path: string): Promise<unknown> {
  const response = await fetch(`${uri}/api/2.0/mlflow/${path}`);
  return response.json();
}

/** A run with text of many kinds, and enough files that a replay takes a while. */
async function richRun(folder: string): Promise<TrackedRun> {
  const evidence = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`evidence/part ${i} é%.json`, `{"part":${i}}`]),
  );
  const params = Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`p.${i}`, `é${i}`]));
  const metrics = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`m.${i}`, i / 7]));
  return sampleRun({
    params: { ...params, empty: "", long: "€".repeat(7000), "odd(name": true },
    metrics: { ...metrics, nan: NaN, tiny: 5e-324, third: 1 / 3 },
    artifacts: await writeFiles(folder, { ...evidence, empty: "" }),
    model: {
      files: await writeFiles(folder, { "model.bundle": randomBytes(3_000_000), MLmodel: "{}" }),
      flavors: {},
      register: { name: "phishing", alias: "live" },
    },
  });
}

const suite = command === "" ? describe.skip : describe;
const skipped = command === "" ? " (skipped: GILLNET_MLFLOW_COMMAND is not set)" : "";

suite(`a real MLflow server${skipped}`, () => {
  test(
    "has the run once and whole, although it was killed in the middle",
    async () => {
      await inFolder(async (folder) => {
        const server = new MlflowServer(command, folder, await freePort());
        const runFolder = join(folder, "run");
        const journal = await openJournal(runFolder);
        await recordRun(await richRun(runFolder), journal);
        const { signal } = new AbortController();
        const replay = async () => sync(journal, server, { signal, backoffSeconds: 0.05 });
        const progress = async (): Promise<number> =>
          (await readSyncState(runFolder))[server.uri]?.entries ?? 0;
        const firstFile = journal.entries.findIndex(({ kind }) => kind === "artifact");
        try {
          await server.start();
          const cut = codeOf(replay());
          while ((await progress()) < firstFile + 10) await sleep(5);
          await server.kill();
          expect(await cut).toBe("TRACKING_UNREACHABLE");
          expect(await progress()).toBeLessThan(firstFile + 40);
          expect(await codeOf(replay())).toBe("TRACKING_UNREACHABLE");

          await server.start();
          const report = await replay();
          expect(report.modelVersion).toBe("1");
          expect(report.notes).toEqual([
            "The value of 'long' is cut to 6000 of its 7000 characters",
            expect.stringMatching(/^'odd\(name' is called 'odd_name-\w{8}' there$/),
          ]);
          expect((await replay()).sent).toBe(0);

          const python = join(dirname(command), "python");
          const { stdout } = await promisify(execFile)(
            python,
            ["-c", READ_BACK, server.uri, report.runId, "phishing", "live"],
            { maxBuffer: 16 * 1024 * 1024 },
          );
          const last = stdout.trim().split("\n").at(-1) as string;
          const run = JSON.parse(last) as Record<string, Record<string, unknown>>;
          const files = journal.entries.filter((entry) => entry.kind === "artifact");
          expect(run).toMatchObject({
            runs: 1,
            name: "phishing 2026-11-22-142210",
            status: "FINISHED",
            start: Date.parse("2026-11-22T14:22:10Z"),
            end: Date.parse("2026-11-22T14:22:40Z"),
            files: Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256])),
            dataset: { name: "rows", digest: "f".repeat(36), source: { uri: "rows.csv" } },
            version: "1",
            versions: 1,
            version_run: report.runId,
            models: 1,
          });
          expect(Object.keys(run["files"]!)).toHaveLength(files.length);
          expect(Object.keys(run["params"]!)).toHaveLength(233);
          expect(run["params"]).toMatchObject({ "p.229": "é229", empty: "" });
          expect(run["params"]!["long"]).toMatch(/^€+ \.\.\. \(cut, 7000 characters\)$/);
          expect(Object.keys(run["metrics"]!)).toHaveLength(1203);
          expect(run["metrics"]).toMatchObject({
            nan: "nan",
            tiny: "5e-324",
            third: "0.3333333333333333",
          });
          expect(new Set(Object.values(run["history"]!))).toEqual(new Set([1]));
          expect(run["tags"]).toMatchObject({
            "gillnet.run": "2026-11-22-142210",
            "gillnet.bundle": "b".repeat(64),
            "mlflow.source.git.commit": "a".repeat(40),
          });

          // Without its memory of the server it sends everything once more, and nothing is there twice.
          const before = await read(server, `runs/get?run_id=${report.runId}`);
          await rm(join(runFolder, "tracking.sync.json"));
          expect((await replay()).runId).toBe(report.runId);
          expect(await read(server, `runs/get?run_id=${report.runId}`)).toEqual(before);
          const versions = await read(server, "model-versions/search?max_results=10");
          expect(versions).toMatchObject({ model_versions: [{ version: "1" }] });
        } finally {
          await server.kill();
        }
      });
    },
    5 * MINUTES,
  );
});
