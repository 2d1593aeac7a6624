import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { LONG_TRAINING, makeTable, Project, stagesThat } from "./command-line.ts";
import type { Line } from "./command-line.ts";

// Each test starts processes; on a busy machine that takes its time.
jest.setTimeout(120_000);

const EVERY = ["ingestion", "validation", "transformation", "trainer"];
let project: Project;
beforeEach(async () => {
  project = await Project.create();
});
afterEach(() => project.remove());

const trainerStarted = (line: Line): boolean =>
  line.event === "stage.started" && line["stage"] === "trainer";

describe("run", () => {
  test("runs everything, publishes, and writes results to stdout and nothing to stderr", async () => {
    const { code, stdout, stderr } = await project.run("run");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Gillnet \d+\.\d+\.\d+ · small · seed 42\n\n {2}ingestion {8}✓ \d+\.\d s/,
    );
    expect(stdout).toContain("400 rows from rows.csv");
    expect(stdout).toMatch(
      /Best: decision tree, log loss 0\.\d{3}; accuracy \d+\.\d % \(\d+\.\d to \d+\.\d\) on \d+ rows whose vectors were never seen in training/,
    );
    expect(stdout).toContain("Gates: 3 of 3 passed. Published as version 1.");
    expect(await project.list("artifacts/published/1")).toEqual([
      "manifest.json",
      "model.bundle",
      "sample.csv",
    ]);
    expect(await project.readJson("artifacts/published/live.json")).toEqual({ version: 1 });
    expect(await project.list("artifacts/.tmp")).toEqual([]);
    expect(await project.list("artifacts")).not.toContain("run.lock");
  });

  test("has nothing to do the second time, without loading the database", async () => {
    await project.run("run");
    const tellLibraries =
      "data:text/javascript,process.on('exit',()=>process.stderr.write(process.report.getReport().sharedObjects.filter((p)=>p.includes('duckdb')).join()))";
    const second = project.startWith({}, ["--import", tellLibraries], ["run"]);
    const { code, stdout, stderr } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("– unchanged (inputs, params and code as in run ");
    expect(stdout).toMatch(/Nothing to do: run [\d-]+ has it all, and version 1 is live\./);
    expect(stderr).toBe("");
    expect(await project.list("artifacts/runs")).toHaveLength(1);
  });

  test("runs the trainer alone when one of its parameters changed, and says which", async () => {
    await project.run("run");
    const set = ["--set", "trainer.families.decision_tree.max_depth=[3,4]"];
    const reason = "params: trainer.families.decision_tree.max_depth 3 -> [3,4]";
    const plan = await project.run("plan", ...set);
    expect(plan.stdout).toContain(`trainer          ▸ run  ${reason}`);
    expect(plan.stdout.match(/– skip/g)).toHaveLength(3);
    const { lines } = await project.json("run", ...set);
    expect(stagesThat(lines, "stage.skipped")).toEqual(EVERY.slice(0, 3));
    expect(lines.find(trainerStarted)?.["reasons"]).toEqual([reason]);
    const back = await project.json("run");
    expect(stagesThat(back.lines, "stage.skipped")).toEqual(EVERY);
  });

  test("writes JSON lines that end with what came out", async () => {
    const { code, lines, stderr } = await project.json("run");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(lines[0]).toMatchObject({ event: "run.started", name: "small", seed: 42 });
    expect(stagesThat(lines, "stage.finished")).toEqual(EVERY);
    expect(lines.at(-1)).toMatchObject({
      event: "run.finished",
      outcome: "succeeded",
      changed: true,
      live: 1,
      published: 1,
    });
  });

  test("gives the same bundle whatever the order of rows and the number of jobs", async () => {
    const hashOf = async (of: Project): Promise<unknown> =>
      (await of.readJson("artifacts/published/1/manifest.json"))["bundle"];
    await project.run("run", "--jobs", "1");
    const other = await Project.create();
    const [head = "", ...rows] = makeTable(400).trim().split("\n");
    await other.write("rows.csv", [head, ...rows.toReversed(), ""].join("\n"));
    await other.run("run", "--jobs", "3");
    expect(await hashOf(other)).toEqual(await hashOf(project));
    await other.remove();
  });

  test("does not run on data that validation refuses", async () => {
    const [head = "", ...rows] = makeTable(400).trim().split("\n");
    await project.write(
      "rows.csv",
      [head, ...rows.map((row) => row.replace(/^\d+/, "500"))].join("\n"),
    );
    const { code, stdout, stderr } = await project.run("run");
    expect(code).toBe(1);
    expect(stdout).toMatch(/validation {7}✗/);
    expect(stderr).toContain("✗ Validation found");
    expect(stderr).toContain("length");
    expect(stderr).toContain("Code RUN_VALIDATION_FAILED");
    expect(await project.list("artifacts/published")).toEqual([]);
  });

  test("does not publish what a gate refuses; what is live stays", async () => {
    await project.run("run");
    const set = ["--set", "gates.expected_score=0.999", "--set", "trainer.folds=3"];
    const { code, stdout, stderr } = await project.run("run", ...set);
    expect(code).toBe(1);
    expect(stdout).toContain("Gates: 2 of 3 passed.");
    expect(stderr).toContain(
      "1 of 3 gates did not pass:\n    expected_score: F1 of the positive class is 0.",
    );
    expect(stderr).toContain("Version 1 stays live");
    expect(await project.readJson("artifacts/published/live.json")).toEqual({ version: 1 });
    const runs = await project.json("runs");
    expect(runs.lines.map((line) => line["outcome"])).toEqual(["rejected", "succeeded"]);
  });

  test("runs one stage alone, and refuses when what it needs is stale", async () => {
    const early = await project.run("run", "trainer");
    expect(early.code).toBe(1);
    expect(early.stderr).toContain("trainer cannot start: ingestion before it has to run first");
    await project.run("run");
    const { lines } = await project.json("run", "validation");
    expect(stagesThat(lines, "stage.started")).toEqual(["validation"]);
    expect(stagesThat(lines, "stage.skipped")).toEqual(["ingestion"]);
  });
});

describe("a run that is killed", () => {
  test("leaves nothing half-made; the next one takes over and goes on", async () => {
    const killed = project.start("run", "--json", ...LONG_TRAINING);
    await killed.line(trainerStarted);
    killed.child.kill("SIGKILL");
    expect((await killed.ended).signal).toBe("SIGKILL");
    expect(await project.list("artifacts")).toContain("run.lock");
    expect((await project.run("runs")).stdout).toContain("killed");

    const next = await project.json("run");
    expect(next.code).toBe(0);
    expect(stagesThat(next.lines, "stage.started")).toEqual(["trainer"]);
    expect(next.stderr).toBe("");
    expect(next.lines.find(({ event }) => event === "warning")?.["message"]).toMatch(
      /^Process \d+ of .* ended without finishing its run; this one takes over$/,
    );
    expect(await project.list("artifacts/.tmp")).toEqual([]);
    const whole = await Project.create();
    await whole.run("run");
    const bundleOf = async (of: Project): Promise<unknown> =>
      (await of.readJson("artifacts/published/1/manifest.json"))["bundle"];
    expect(await bundleOf(project)).toEqual(await bundleOf(whole));
    await whole.remove();
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s stops in good order with %i", async (signal, code) => {
    const started = project.start("run", "--json", ...LONG_TRAINING);
    const { run } = await started.line(({ event }) => event === "run.created");
    await started.line(trainerStarted);
    started.child.kill(signal);
    const ended = await started.ended;
    expect(ended).toMatchObject({ code, signal: null });
    expect(ended.stderr).toContain("✗ Stopped before the end; nothing half-made is left");
    expect(ended.stderr).not.toContain("    at ");
    expect(await project.list("artifacts")).not.toContain("run.lock");
    expect(await project.list("artifacts/.tmp")).toEqual([]);
    expect(await project.readJson(`artifacts/runs/${String(run)}/run.json`)).toMatchObject({
      outcome: "interrupted",
    });
  });
});

test("a second run at the same time is refused and names the first", async () => {
  const first = project.start("run", "--json", ...LONG_TRAINING);
  await first.line(trainerStarted);
  const second = await project.run("run");
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`Process ${first.child.pid} is running 'pipeline run --json`);
  expect(second.stderr).toContain(`kill ${first.child.pid}`);
  first.child.kill("SIGTERM");
  expect((await first.ended).code).toBe(143);
  expect((await project.run("run")).code).toBe(0);
});

test("secrets are nowhere in what a run leaves", async () => {
  await project.write(".env", "MONGODB_URL=mongodb://user:hunter2secret@localhost/db\n");
  const failing = ["--set", "trainer.families.decision_tree.max_depth=hunter2secret"];
  const bad = await project.run("run", ...failing);
  expect(bad.code).toBe(2);
  expect(bad.stdout + bad.stderr).not.toContain("hunter2secret");
  const missing = await project.run("run", "--json", "--set", "source.path=hunter2secret.csv");
  expect(missing.stderr).toContain("There is no file [redacted].csv");
  expect(missing.stdout + missing.stderr).not.toContain("hunter2secret");
  const { code } = await project.run("run", "--set", "name=hunter2secret");
  expect(code).toBe(0);
  for (const path of await project.list("artifacts/runs")) {
    for (const file of ["run.json", "run.log"]) {
      expect(await project.read(`artifacts/runs/${path}/${file}`)).not.toContain("hunter2secret");
    }
  }
  expect(await project.read("artifacts/pipeline.lock.yaml")).not.toContain("hunter2secret");
});

test("an artifact that somebody changed is made again", async () => {
  await project.run("run");
  const [run = ""] = await project.list("artifacts/runs");
  const file = join(project.folder, "artifacts/runs", run, "transformation/transformed/train.npy");
  await rm(file);
  await writeFile(file, "x");
  const { stderr, stdout, code } = await project.run("run");
  expect(code).toBe(0);
  expect(stderr).toContain("! The artifact of transformation in run");
  expect(stdout).toMatch(/transformation {3}✓/);
  expect(stdout).toMatch(/trainer {10}– unchanged/);
});

test("the default settings run, on made-up rows that are said to be so before and after and in the manifest", async () => {
  const repository = new URL("../../../../pipeline.yaml", import.meta.url);
  await project.write("pipeline.yaml", await readFile(repository, "utf8"));
  const settings = [
    "source.kind=synthetic",
    "source.synthetic.rows=400",
    "gates.overfitting_threshold=1",
    `source.uci.fingerprint=${"a".repeat(64)}`,
  ];
  const flags = settings.flatMap((setting) => ["--set", setting]);
  const { code, stdout, stderr } = await project.run("run", ...flags);
  expect(stderr.match(/│ MADE-UP DATA +│/g)).toHaveLength(2);
  expect(stdout).toContain("MADE-UP DATA: synthetic rows");
  expect(stdout).toMatch(/on \d+ made-up rows/);
  expect(code).toBe(0);
  const manifest = await project.readJson("artifacts/published/1/manifest.json");
  expect(manifest["source"]).toMatchObject({ kind: "synthetic", synthetic: true });

  const shown = (await project.run("show")).stdout;
  const [, board = ""] = /Rank {2}Family.*Tried\n([^]*?)\n {2}[TA]/.exec(shown) ?? [];
  const families = board.split("\n").map((line) => /^ +\d+ {2}(.*?) {2}/.exec(line)?.[1]);
  expect(families.sort()).toEqual([
    "adaboost",
    "average",
    "decision tree",
    "extra trees",
    "gradient boosting",
    "hist gradient boosting",
    "logistic regression",
    "random forest",
  ]);
  expect(shown).toMatch(/Note: The average of [^]*scored\s+on\s+each\s+fold/);
});
