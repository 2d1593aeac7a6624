import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { SmallMlflow } from "../track/small-mlflow.ts";
import { Project } from "./command-line.ts";
import type { Ended, Line } from "./command-line.ts";

// Each test starts processes; on a busy machine that takes its time.
jest.setTimeout(120_000);

const SECRET = "hunter2secret";
let project: Project;
let mlflow: SmallMlflow;
beforeEach(async () => {
  project = await Project.create();
  mlflow = new SmallMlflow();
  await mlflow.start();
});
afterEach(async () => {
  await mlflow.stop();
  await project.remove();
});

/** The command line with the server's address, with its password, in the environment. */
function tracked(...args: string[]): Promise<Ended> {
  const uri = `http://user:${SECRET}@${mlflow.host}`;
  return project.startWith({ MLFLOW_TRACKING_URI: uri }, [], args).ended;
}

function linesOf({ stdout }: Ended): Line[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);
}

const newestRun = async (): Promise<string> => (await project.list("artifacts/runs")).at(-1) ?? "";

test("a run is recorded, sent, and says where it is", async () => {
  mlflow.authorization = `Basic ${Buffer.from(`user:${SECRET}`).toString("base64")}`;
  const { code, stdout, stderr } = await tracked("run");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toContain(`\n  Tracked: http://${mlflow.host}/#/experiments/0/runs/0\n  Details:`);
  const [run] = mlflow.runs;
  expect(run).toMatchObject({ status: "FINISHED", name: `small ${await newestRun()}` });
  expect(run?.params.get("model.family")).toBe("decision_tree");
  const manifest = await project.readJson("artifacts/published/1/manifest.json");
  const { test } = manifest["metrics"] as { test: { f1: { value: number; low: number } } };
  const metrics = new Map(run?.metrics.map(({ key, value }) => [key, value]));
  expect(metrics.get("test.f1")).toBe(test.f1.value);
  expect(metrics.get("test.f1.low")).toBe(test.f1.low);
  expect([...(run?.files.keys() ?? [])].sort()).toEqual([
    "model/manifest.json",
    "model/model.bundle",
    "model/sample.csv",
    "run.json",
    "trainer/trained_model/evidence.json",
    "validation/drift_report/report.yaml",
    "validation/validation_report/report.json",
  ]);
});

test("without a server nothing is said, and sync asks for one", async () => {
  const { stdout, stderr } = await project.run("run");
  expect(stdout + stderr).not.toMatch(/track/i);
  expect(await project.read(`artifacts/runs/${await newestRun()}/tracking.jsonl`)).toMatch(
    /^\{"kind":"begin"/,
  );
  const { code, stderr: asked } = await project.run("sync");
  expect(code).toBe(2);
  expect(asked).toContain("Code RUN_NO_TRACKING_SERVER");
  expect(mlflow.requests).toBe(0);
});

test("a run with nothing to do records and sends nothing", async () => {
  await tracked("run");
  const journal = `artifacts/runs/${await newestRun()}/tracking.jsonl`;
  const [before, requests] = [await project.read(journal), mlflow.requests];
  const { code, stdout } = await tracked("run");
  expect(code).toBe(0);
  expect(stdout).not.toContain("Tracked");
  expect(await project.read(journal)).toBe(before);
  expect(mlflow.requests).toBe(requests);
});

test("a server that is down is a warning; sync delivers every run later, oldest first, once", async () => {
  await mlflow.stop();
  const down = await tracked("run");
  expect(down.code).toBe(0);
  expect(down.stdout).toContain("Published as version 1.");
  expect(down.stderr).toMatch(
    /^! The MLflow server at \S+ cannot be reached: .*; pnpm pipeline sync sends it later$/m,
  );
  await tracked("run", "--set", "trainer.folds=3");
  const unreachable = await tracked("sync");
  expect(unreachable.code).toBe(1);
  expect(unreachable.stderr).toContain("Code TRACKING_UNREACHABLE");

  await mlflow.start();
  const runs = await project.list("artifacts/runs");
  const sent = await tracked("sync");
  expect(sent.code).toBe(0);
  expect(sent.stdout.split("\n")).toEqual(
    runs.map((run): unknown => expect.stringMatching(`^${run}  sent \\d+ entries: http://`)),
  );
  expect(mlflow.runs.map(({ name }) => name)).toEqual(runs.map((run) => `small ${run}`));
  const metrics = mlflow.runs.map((run) => run.metrics.length);
  const again = await tracked("sync", "--json");
  expect(linesOf(again)).toMatchObject([
    { event: "run.tracked", run: runs[0], sent: 0 },
    { event: "run.tracked", run: runs[1], sent: 0 },
    { event: "sync.finished", runs: 2, failed: 0 },
  ]);
  expect((await tracked("sync")).stdout).toBe(runs.map((run) => `${run}  nothing new`).join("\n"));
  expect(mlflow.runs.map((run) => run.metrics.length)).toEqual(metrics);
});

test("a run that a gate refuses is tracked as such, and as it is once published", async () => {
  const refused = await tracked("run", "--json", "--set", "gates.expected_score=0.999");
  expect(refused.code).toBe(1);
  expect(linesOf(refused).at(-2)).toMatchObject({
    event: "run.tracked",
    server: `http://${mlflow.host}`,
  });
  const [run] = mlflow.runs;
  expect(run?.status).toBe("FAILED");
  expect(run?.tags.get("gillnet.outcome")).toBe("rejected");
  expect(run?.files.has("model/model.bundle")).toBe(false);
  const metrics = run?.metrics.length;

  // Refused once more: nothing is new.
  await tracked("run", "--set", "gates.expected_score=0.999");
  expect(run?.metrics).toHaveLength(metrics ?? 0);

  const published = await tracked("publish");
  expect(published.stdout).toContain("Tracked: http://");
  expect(run?.status).toBe("FINISHED");
  expect(run?.tags.get("gillnet.outcome")).toBe("succeeded");
  expect(run?.files.has("model/model.bundle")).toBe(true);
  expect(run?.metrics).toHaveLength(metrics ?? 0);
  expect(mlflow.runs).toHaveLength(1);
});

test("a run that validation refuses, and one from before there were journals, are tracked too", async () => {
  await project.run("run");
  await rm(join(project.folder, `artifacts/runs/${await newestRun()}/tracking.jsonl`));
  const rows = (await project.read("rows.csv")).replaceAll(/^\d+/gm, "500");
  await project.write("rows.csv", rows);
  expect((await tracked("run")).code).toBe(1);
  expect(mlflow.runs[0]?.status).toBe("FAILED");
  expect([...(mlflow.runs[0]?.files.keys() ?? [])]).toContain(
    "validation/validation_report/report.json",
  );
  expect((await tracked("sync")).stdout).toMatch(/sent \d+ entries.*\n.*nothing new$/);
  expect(mlflow.runs[1]?.status).toBe("FINISHED");
});

test("a journal that somebody damaged costs neither the run nor the other runs' journals", async () => {
  await project.run("run");
  const run = await newestRun();
  const path = `artifacts/runs/${run}/tracking.jsonl`;
  await project.write(path, "{}\n");
  const published = await tracked("publish");
  expect(published.code).toBe(0);
  expect(published.stderr).toContain("! Line 1 of");
  await project.run("run", "--set", "trainer.folds=3");
  const { code, stdout, stderr } = await tracked("sync");
  expect(code).toBe(1);
  expect(stderr).toContain(`${run}  ✗ Line 1 of`);
  expect(stderr).toContain("✗ 1 of 2 runs could not be sent");
  expect(stdout).toMatch(/sent \d+ entries/);
  expect(mlflow.runs).toHaveLength(1);
});

test("Ctrl-C while the server is silent ends the command; the run stays published", async () => {
  mlflow.silent = true;
  const environment = { MLFLOW_TRACKING_URI: `http://${mlflow.host}` };
  const started = project.startWith(environment, [], ["run", "--json"]);
  await started.line(({ event }) => event === "tracking.started");
  started.child.kill("SIGINT");
  expect((await started.ended).code).toBe(130);
  expect(await project.readJson(`artifacts/runs/${await newestRun()}/run.json`)).toMatchObject({
    outcome: "succeeded",
    published: 1,
  });
  mlflow.silent = false;
  expect((await tracked("sync")).stdout).toMatch(/sent \d+ entries/);
});

test("--to names a server, whose password is kept like any other", async () => {
  await project.run("run");
  const to = `http://user:${SECRET}@${mlflow.host}`;
  const { code, stdout } = await project.run("sync", "--to", to);
  expect(code).toBe(0);
  expect(stdout).toContain(`http://${mlflow.host}/#/experiments/0/runs/0`);
  expect((await project.run("sync", "--to", "sqlite:///x")).code).toBe(2);
});

test("doctor asks the server, and one that refuses is no problem for a run", async () => {
  expect((await tracked("doctor")).stdout).toContain(
    `✓ An MLflow server at http://${mlflow.host} takes runs`,
  );
  mlflow.authorization = "Bearer other";
  const refused = await tracked("doctor");
  expect(refused.code).toBe(0);
  expect(refused.stdout).toContain("does not accept the credentials");
  const run = await tracked("run");
  expect(run.code).toBe(0);
  expect(run.stderr).toContain("does not accept the credentials");
});

test("secrets are nowhere in what tracking leaves or sends", async () => {
  await project.write(
    ".env",
    `MLFLOW_TRACKING_TOKEN=${SECRET}Token\nMLFLOW_TRACKING_PASSWORD=${SECRET}2\n`,
  );
  const said = [
    await tracked("run", "--json", "--set", `name=${SECRET}`),
    await tracked("sync", "--json"),
    await tracked("doctor"),
  ];
  await mlflow.stop();
  said.push(
    await tracked("run", "--set", `tracking.uri=http://user:${SECRET}@${mlflow.host}`, "--force"),
  );
  said.push(await tracked("sync", "--to", `http://user:${SECRET}@${mlflow.host}`));
  for (const { stdout, stderr } of said) expect(stdout + stderr).not.toContain(SECRET);
  for (const run of await project.list("artifacts/runs")) {
    const folder = join(project.folder, "artifacts/runs", run);
    const files = (await readdir(folder, { withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => name)).toContain("tracking.jsonl");
    for (const { name } of files) {
      expect(await readFile(join(folder, name), "utf8")).not.toContain(SECRET);
    }
  }
  const [run] = mlflow.runs;
  expect(JSON.stringify([run?.name, mlflow.experiments, [...(run?.params ?? [])]])).not.toContain(
    SECRET,
  );
});
