import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { sha256File } from "@gillnet/entity/node";
import { Project } from "./end-to-end/command-line.ts";
import type { Ended } from "./end-to-end/command-line.ts";
import { freePort, MlflowServer } from "../../../packages/tracking/test/mlflow-server.ts";
import { CuttingProxy } from "./track/cutting-proxy.ts";

const command = process.env["GILLNET_MLFLOW_COMMAND"] ?? "";
const MINUTES = 60_000;
const SECRET = "hunter2secret";

/** Reads every run of the experiment as a Python user would, oldest first, and prints them as JSON. */
const READ_BACK = `
import hashlib, json, os, sys, tempfile, mlflow
uri, experiment, model = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient()
def files(run_id):
    with tempfile.TemporaryDirectory() as folder:
        local = mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=folder)
        found = {}
        for parent, _, names in os.walk(local):
            for name in names:
                path = os.path.join(parent, name)
                with open(path, "rb") as content:
                    found[os.path.relpath(path, local)] = hashlib.sha256(content.read()).hexdigest()
        return found
def describe(run):
    dataset = run.inputs.dataset_inputs[0].dataset
    return {
        "name": run.info.run_name, "status": run.info.status, "params": run.data.params,
        "metrics": run.data.metrics, "tags": run.data.tags, "files": files(run.info.run_id),
        "history": sorted({len(client.get_metric_history(run.info.run_id, key)) for key in run.data.metrics}),
        "dataset": {"name": dataset.name, "digest": dataset.digest, "rows": json.loads(dataset.profile)["num_rows"]},
    }
found = client.get_experiment_by_name(experiment)
runs = client.search_runs([found.experiment_id], order_by=["attributes.start_time ASC", "attributes.run_name ASC"])
version = client.get_model_version_by_alias(model, "published")
print(json.dumps({
    "runs": [describe(run) for run in runs],
    "published": {"version": version.version, "run": client.get_run(version.run_id).info.run_name},
    "versions": len(client.search_model_versions(f"name='{model}'")),
}))
`;

interface ReadBack {
  readonly runs: readonly {
    readonly params: Readonly<Record<string, string>>;
    readonly metrics: Readonly<Record<string, number>>;
    readonly files: Readonly<Record<string, string>>;
    readonly [member: string]: unknown;
  }[];
  readonly published: object;
  readonly versions: number;
}

async function readBack(uri: string): Promise<ReadBack> {
  const python = join(dirname(command), "python");
  const args = ["-c", READ_BACK, uri, "small", "catcher"];
  const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as ReadBack;
}

/** The hash of each file in a published version, as a model's files are called on the server. */
async function hashVersion(project: Project, version: number): Promise<Record<string, string>> {
  const folder = join(project.folder, `artifacts/published/${version}`);
  const names = (await readdir(folder)).sort();
  const hashes = names.map(async (name) => [`model/${name}`, await sha256File(join(folder, name))]);
  return Object.fromEntries(await Promise.all(hashes)) as Record<string, string>;
}

const suite = command === "" ? describe.skip : describe;
const skipped = command === "" ? " (skipped: GILLNET_MLFLOW_COMMAND is not set)" : "";

suite(`runs and a real MLflow server${skipped}`, () => {
  test(
    "it has every run once and whole, although it was killed during one and away during another",
    async () => {
      const project = await Project.create();
      const folder = await mkdtemp(join(tmpdir(), "pipeline-mlflow-"));
      const server = new MlflowServer(command, folder, await freePort());
      const proxy = new CuttingProxy(server);
      try {
        await server.start();
        const environment = {
          MLFLOW_TRACKING_URI: `http://user:${SECRET}@${await proxy.start()}`,
        };
        const said: string[] = [];
        const pipeline = async (...args: string[]): Promise<Ended> => {
          const flags = [...args, "--set", "tracking.register=catcher"];
          const ended = await project.startWith(environment, [], flags).ended;
          said.push(ended.stdout, ended.stderr);
          return ended;
        };

        const first = await pipeline("run");
        expect(first).toMatchObject({ code: 0, stderr: "" });
        const [, id = ""] = /^ {2}Tracked: http:\S+\/runs\/(\w+)$/m.exec(first.stdout) ?? [];
        const answer = await fetch(`${server.uri}/api/2.0/mlflow/runs/get?run_id=${id}`);
        expect(await answer.json()).toMatchObject({
          run: {
            info: { status: "FINISHED" },
            data: {
              params: expect.arrayContaining([{ key: "model.family", value: "decision_tree" }]),
              metrics: expect.arrayContaining([expect.objectContaining({ key: "test.f1" })]),
            },
          },
        });
        expect((await pipeline("doctor")).stdout).toMatch(
          /✓ MLflow \d+\.\d+\.\d+ at http:\S+ has the experiment 'small'/,
        );

        // In the middle of the conversation, and then for a whole run.
        proxy.left = 8;
        const second = await pipeline("run", "--set", "trainer.families.decision_tree.max_depth=5");
        expect(second.code).toBe(0);
        expect(second.stderr).toMatch(/cannot be reached.*pnpm pipeline sync sends it later/);
        const cut = `artifacts/runs/${(await project.list("artifacts/runs")).at(-1)}`;
        expect(await project.list(cut)).toContain("tracking.sync.json");
        const third = await pipeline("run", "--set", "trainer.families.decision_tree.max_depth=2");
        expect(third.code).toBe(0);
        expect(third.stderr).toMatch(/cannot be reached.*pnpm pipeline sync sends it later/);
        expect((await pipeline("sync")).code).toBe(1);

        await server.start();
        proxy.left = Infinity;
        const runs = await project.list("artifacts/runs");
        const synced = await pipeline("sync");
        expect(synced.code).toBe(0);
        expect(synced.stdout.split("\n")).toEqual([
          `${runs[0]}  nothing new`,
          expect.stringMatching(`^${runs[1]}  sent \\d+ entries: http:`),
          expect.stringMatching(`^${runs[2]}  sent \\d+ entries: http:`),
        ]);
        const again = (await pipeline("sync")).stdout;
        expect(again).toBe(runs.map((run) => `${run}  nothing new`).join("\n"));

        const found = await readBack(server.uri);
        expect(found).toMatchObject({
          runs: runs.map((run) => ({
            name: `small ${run}`,
            status: "FINISHED",
            history: [1],
            tags: { "gillnet.run": run, "gillnet.synthetic": "false" },
          })),
          published: { version: "3", run: `small ${runs[2]}` },
          versions: 3,
        });
        for (const [i, { params, metrics, files, dataset }] of found.runs.entries()) {
          const manifest = await project.readJson(`artifacts/published/${i + 1}/manifest.json`);
          const {
            data,
            metrics: told,
            model,
          } = manifest as {
            data: { fingerprint: string; rows: number };
            metrics: { test: Record<string, { value: number; low: number; high: number }> };
            model: { params: Record<string, unknown> };
          };
          expect(files).toMatchObject(await hashVersion(project, i + 1));
          expect(files["run.json"]).toBe(
            await sha256File(join(project.folder, `artifacts/runs/${runs[i]}/run.json`)),
          );
          expect(params).toMatchObject({
            seed: "42",
            "source.kind": "csv",
            "transformation.imputer": "knn",
            "model.max_depth": String(model.params["max_depth"]),
          });
          expect(metrics).toMatchObject({
            "test.f1": told.test["f1"]?.value,
            "test.log_loss.low": told.test["logLoss"]?.low,
            "test.roc_auc.high": told.test["rocAuc"]?.high,
            "train.precision": expect.any(Number),
            "cv_random.recall": expect.any(Number),
          });
          expect(dataset).toEqual({
            name: "rows.csv",
            digest: data.fingerprint.slice(0, 32),
            rows: data.rows,
          });
        }

        expect(said.join("")).not.toContain(SECRET);
        for (const run of runs) {
          for (const file of ["run.json", "run.log", "tracking.jsonl", "tracking.sync.json"]) {
            const path = join(project.folder, "artifacts/runs", run, file);
            expect(await readFile(path, "utf8")).not.toContain(SECRET);
          }
        }
        expect(JSON.stringify(found)).not.toContain(SECRET);
      } finally {
        await proxy.stop();
        await server.kill();
        await project.remove();
        await rm(folder, { recursive: true, force: true });
      }
    },
    5 * MINUTES,
  );
});
