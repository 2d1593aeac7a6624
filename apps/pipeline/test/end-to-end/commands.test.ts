import { once } from "node:events";
import { jest } from "@jest/globals";
import { Project } from "./command-line.ts";

// Each test starts processes; on a busy machine that takes its time.
jest.setTimeout(120_000);

let project: Project;
beforeAll(async () => {
  project = await Project.create();
  await project.run("run");
  await project.run("run", "--set", "trainer.families.decision_tree.max_depth=5");
});
afterAll(() => project.remove());

const live = async (): Promise<unknown> =>
  (await project.readJson("artifacts/published/live.json"))["version"];

describe("plan", () => {
  test("changes nothing, and with --check says by its exit code whether anything is stale", async () => {
    const before = await project.list("artifacts");
    const set = ["--set", "trainer.families.decision_tree.max_depth=5"];
    expect((await project.run("plan", "--check", ...set)).code).toBe(0);
    const stale = await project.run("plan", "--check", "--set", "seed=7");
    expect(stale.code).toBe(1);
    expect(stale.stdout).toContain("params: seed 42 -> 7");
    expect(stale.stdout).toContain("(params: seed 42 -> 7; ingestion may change its input)");
    expect(stale.stderr).toContain("Code RUN_STALE");
    expect(await project.list("artifacts")).toEqual(before);
  });

  test("writes JSON", async () => {
    const { lines } = await project.json("plan", "--set", "seed=7");
    expect(lines[0]).toMatchObject({
      event: "stage.planned",
      stage: "ingestion",
      action: "run",
      reasons: ["params: seed 42 -> 7"],
      certain: true,
    });
    expect(lines.at(-1)).toMatchObject({ event: "plan.finished", stale: true });
  });
});

describe("versions", () => {
  test("are listed, rolled back and published again", async () => {
    expect(await live()).toBe(2);
    expect((await project.run("rollback")).stdout).toBe("Version 1 is live (was 2).");
    expect(await live()).toBe(1);
    const { stdout } = await project.run("versions");
    expect(stdout).toMatch(/^Version\s+Published \(UTC\)\s+Model\s+Test accuracy \(95 %\)/);
    expect(stdout).toMatch(/\n2 {7}.*\n1 live /);

    const none = await project.run("rollback");
    expect(none.code).toBe(1);
    expect(none.stderr).toContain("There is no version before 1, which is live");
    const unknown = await project.run("rollback", "7");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("What to do: Published are 1, 2");

    const rerun = await project.run("run", "--set", "trainer.families.decision_tree.max_depth=5");
    expect(rerun.stdout).toContain(
      "Live is version 1, not its version 2: pnpm pipeline rollback 2",
    );
    expect(await live()).toBe(1);
    const again = await project.run("publish");
    expect(again.stdout).toContain("Gates: 3 of 3 passed. Version 2 is live again (was 1).");
    expect(await live()).toBe(2);
    const { lines } = await project.json("versions");
    expect(lines.map((line) => [line["version"], line["live"]])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  test("can be rolled back when the configuration is broken", async () => {
    await project.write("broken.yaml", "name: [\n");
    const { code, stdout } = await project.run("rollback", "1", "--config", "broken.yaml");
    expect([code, stdout]).toEqual([0, "Version 1 is live (was 2)."]);
    expect((await project.run("rollback", "2")).code).toBe(0);
  });
});

describe("history", () => {
  test("lists runs and shows one", async () => {
    const { lines } = await project.json("runs");
    expect(lines.map((line) => line["published"])).toEqual([2, 1]);
    const run = String(lines[1]?.["run"]);
    const shown = await project.run("show", run);
    expect(shown.stdout).toContain(`Run ${run} · small · seed 42 · succeeded`);
    expect(shown.stdout).toContain("because: no earlier run");
    expect(shown.stdout).toContain("Gate bundle_answers: passed.");
    const [record] = (await project.json("show", run)).lines;
    expect(record).toMatchObject({ event: "run", run, stages: { trainer: { status: "ran" } } });
    const unknown = await project.run("show", `${run}x`);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain(`What to do: Do you mean ${run}?`);
  });
});

describe("doctor", () => {
  test("says that all is well", async () => {
    const { code, stdout } = await project.run("doctor");
    expect(stdout).not.toContain("✗");
    expect(stdout).toContain("rows.csv (csv)");
    expect(stdout).toContain("Version 2 is live (decision_tree), its bundle is whole");
    expect(code).toBe(0);
  });

  test("says what is wrong and what to do", async () => {
    const { code, stdout } = await project.run("doctor", "--set", "source.path=gone.csv");
    expect(code).toBe(1);
    expect(stdout).toMatch(/source {9}✗ There is no file gone\.csv/);
    expect(stdout).toContain("Check the path");
  });
});

describe("wrong usage ends with 2, a sentence and no stack", () => {
  test.each([
    [["rnu"], "unknown command 'rnu'", "Did you mean run?"],
    [["run", "--forse"], "unknown option '--forse'", "Did you mean --force?"],
    [["run", "trianer"], "There is no stage 'trianer'", "Do you mean trainer?"],
    [["run", "--jobs", "0"], "'0' is invalid", ""],
    [
      ["run", "--from", "trainer", "--to", "ingestion"],
      "--from trainer comes after",
      "The order is",
    ],
    [["run", "--set", "trainer.fodls=3"], "fodls", "folds"],
    [["run", "--set", "trainer.folds=1"], "trainer.folds", "2"],
    [["run", "--set", "nonsense"], "nonsense", ""],
    [["run", "--config", "none.yaml"], "none.yaml", ""],
    [
      ["run", "--set", "source.path=gone.csv"],
      "There is no file gone.csv",
      "relative to pipeline.yaml",
    ],
    [["rollback", "one"], "A version is a number like 3, got 'one'", ""],
    [["data", "fetch"], "source.uci is not set", ""],
    [["push-data"], "missing required argument 'file'", ""],
    [["push-data", "none.csv"], "There is no file none.csv", "starts from the working folder"],
    [["push-data", "rows.csv"], "No URL of a MongoDB server is set", "Set MONGODB_URL"],
    [["run", "--set", "source.kind=mongodb"], "No URL of a MongoDB server is set", "MONGODB_URL"],
    [["run", "--set", "source.mongodb.query=1"], "source.mongodb.query", ""],
    [[], "A command is missing", ""],
  ])("%j", async (args, message, hint) => {
    const { code, stderr } = await project.run(...args);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(code).toBe(2);
  });
});

test("help and version end with 0", async () => {
  const help = await project.run("run", "--help");
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout).toContain("Usage: pnpm pipeline run [options] [stage]");
  expect(help.stdout).toContain("--set <key=value>");
  expect(help.stdout).toContain("Examples:");
  expect((await project.run("--version")).stdout).toMatch(/^\d+\.\d+\.\d+$/);
});

test("a reader that leaves early is no fault", async () => {
  const { child } = project.start("runs", "--json");
  const errors: string[] = [];
  child.stderr?.on("data", (chunk: string) => errors.push(chunk));
  child.stdout?.destroy();
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(errors).toEqual([]);
});
