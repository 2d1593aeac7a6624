import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { jest } from "@jest/globals";
import {
  describeMongodb,
  freePort,
  TestServer,
} from "../../../packages/ingestion/test/mongodb/test-server.ts";
import { Project } from "./end-to-end/command-line.ts";
import type { Ended } from "./end-to-end/command-line.ts";

// Each test starts servers and processes; on a busy machine that takes its time.
jest.setTimeout(120_000);

const PASSWORD = "Tr0ub4dor/3";
const LOGIN = `keeper:${encodeURIComponent(PASSWORD)}`;
const FROM_MONGODB = ["--set", "source.kind=mongodb"];

/** The built command line on a project, with MONGODB_URL set. */
function runWith(project: Project, url: string, ...args: string[]): Promise<Ended> {
  return project.startWith({ MONGODB_URL: url }, [], args).ended;
}

async function bundleOf(project: Project): Promise<Buffer> {
  return readFile(join(project.folder, "artifacts/published/1/model.bundle"));
}

/** The text of every file under a folder. */
async function textsIn(folder: string): Promise<string> {
  const texts: string[] = [];
  for (const file of await readdir(folder, { recursive: true })) {
    const path = join(folder, file);
    if ((await stat(path)).isFile()) texts.push(await readFile(path, "latin1"));
  }
  return texts.join("\n");
}

async function inProject(body: (project: Project) => Promise<void>): Promise<void> {
  const project = await Project.create();
  try {
    await body(project);
  } finally {
    await project.remove();
  }
}

describeMongodb("push-data and runs from MongoDB", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  test("a file that was pushed gives the bundle that it gives itself", async () => {
    await inProject(async (project) => {
      const url = server.url();
      const pushed = await runWith(project, url, "push-data", "rows.csv");
      expect(pushed).toMatchObject({
        code: 0,
        stdout: "400 rows of rows.csv were added to gillnet.rows.",
        stderr: "",
      });
      const documents = (): Promise<unknown[]> =>
        server.on("gillnet.rows", (rows) => rows.find({}, { sort: { _id: 1 } }).toArray());
      const before = await documents();
      const again = await runWith(project, url, "push-data", "rows.csv");
      expect(again.stdout).toBe(
        "All 400 rows of rows.csv were in gillnet.rows already; nothing was added.",
      );
      expect(await documents()).toEqual(before);

      // The URL alone makes auto choose MongoDB.
      await project.write(
        "auto.yaml",
        (await project.read("pipeline.yaml")).replace("kind: csv, path: rows.csv", "kind: auto"),
      );
      const ran = await runWith(project, url, "run", "--config", "auto.yaml");
      expect(ran).toMatchObject({ code: 0, stderr: "" });
      expect(ran.stdout).toContain("400 rows from gillnet.rows; ");
      await inProject(async (fromFile) => {
        expect((await fromFile.run("run")).code).toBe(0);
        expect((await bundleOf(project)).equals(await bundleOf(fromFile))).toBe(true);
      });
    });
  });

  test("plan sees that the collection changed", async () => {
    await inProject(async (project) => {
      const there = ["--set", "source.mongodb.collection=planned"];
      await runWith(project, server.url(), "push-data", "rows.csv", ...there);
      const plan = (): Promise<Ended> =>
        runWith(project, server.url(), "plan", "--check", ...FROM_MONGODB, ...there);
      expect((await runWith(project, server.url(), "run", ...FROM_MONGODB, ...there)).code).toBe(0);
      expect((await plan()).code).toBe(0);
      await server.on("gillnet.planned", (rows) =>
        rows.updateOne({ length: { $lt: 50 } }, { $inc: { length: 1 } }),
      );
      const stale = await plan();
      expect(stale.code).toBe(1);
      expect(stale.stdout).toMatch(/ingestion +▸ run +source/);
    });
  });

  test("flags choose the collection, and --drop empties it; --json says it for scripts", async () => {
    await inProject(async (project) => {
      await project.write("few.csv", "length,verdict\n1,good\n2\n3,bad\n");
      const to = ["--database", "elsewhere", "--collection", "few"];
      const first = await runWith(project, server.url(), "push-data", "few.csv", ...to);
      expect(first.stdout).toBe("2 rows of few.csv were added to elsewhere.few.");
      expect(first.stderr).toBe(
        "! 1 row could not be read and is not in elsewhere.few: line 3 (Has 1 cell, the header has 2)\n",
      );
      await project.write("few.csv", "length,verdict\n3,bad\n4,good\n");
      const more = await runWith(project, server.url(), "push-data", "few.csv", ...to);
      expect(more.stdout).toBe("1 row of few.csv was added to elsewhere.few; 1 was there already.");
      const dropped = await runWith(
        project,
        server.url(),
        "push-data",
        "few.csv",
        ...to,
        "--drop",
        "--json",
      );
      expect(JSON.parse(dropped.stdout)).toMatchObject({
        event: "data.pushed",
        file: "few.csv",
        collection: "elsewhere.few",
        rows: 2,
        added: 2,
        present: 0,
        rejectedRows: 0,
        drop: true,
      });
    });
  });

  test.each([
    [
      ["run", ...FROM_MONGODB, "--set", "source.mongodb.collection=none"],
      "There is no collection gillnet.none; the database has ",
      2,
    ],
    [["doctor", ...FROM_MONGODB, "--set", "source.mongodb.database=none"], "found a problem", 1],
  ])("%j is told in a sentence", async (args, message, code) => {
    await inProject(async (project) => {
      const ended = await runWith(project, server.url(), ...args);
      expect(ended.stderr).toContain(message);
      expect(ended.stderr).not.toMatch(/\n {4}at /);
      expect(ended.code).toBe(code);
    });
  });
});

describeMongodb("secrets", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    await server.demandPassword("keeper", PASSWORD);
  });
  afterAll(() => server.stop());

  /** Nothing that was printed or written holds a password, as it is or as in a URL. */
  async function expectNoSecret(
    project: Project,
    { stdout, stderr }: Ended,
    password: string,
  ): Promise<void> {
    const written = await textsIn(join(project.folder, "artifacts")).catch(() => "");
    for (const secret of [password, encodeURIComponent(password)]) {
      expect(stdout).not.toContain(secret);
      expect(stderr).not.toContain(secret);
      expect(written).not.toContain(secret);
    }
  }

  test("stay out of what a good run prints and writes", async () => {
    await inProject(async (project) => {
      const url = server.url(LOGIN);
      expect((await runWith(project, url, "push-data", "rows.csv")).code).toBe(0);
      const ran = await runWith(project, url, "run", ...FROM_MONGODB, "--json");
      expect(ran.code).toBe(0);
      await expectNoSecret(project, ran, PASSWORD);
      expect(await textsIn(join(project.folder, "artifacts"))).not.toContain(url);

      // The same with the URL in the configuration itself.
      const set = ["--set", `source.mongodb.url=${url}`];
      const shown = await project.run("run", ...FROM_MONGODB, ...set, "--force", "--json");
      expect(shown.code).toBe(0);
      await expectNoSecret(project, shown, PASSWORD);
      const planned = await project.run("plan", ...FROM_MONGODB, ...set);
      expect(planned.code).toBe(0);
      await expectNoSecret(project, planned, PASSWORD);
    });
  });

  test.each([
    ["run", [...FROM_MONGODB]],
    ["run", [...FROM_MONGODB, "--json"]],
    ["plan", [...FROM_MONGODB]],
    ["doctor", [...FROM_MONGODB]],
    ["push-data", ["rows.csv"]],
  ])("stay out of what %s %j says of a wrong password", async (command, args) => {
    await inProject(async (project) => {
      const url = server.url("keeper:wr0ng-secret");
      const ended = await runWith(project, url, command, ...args);
      expect(ended.code).toBe(1);
      expect(ended.stdout + ended.stderr).toContain(
        `MongoDB at 127.0.0.1:${server.port} did not let us in to gillnet: `,
      );
      await expectNoSecret(project, ended, "wr0ng-secret");
    });
  });

  test("stay out of what is said of a server that is not there, and auto reads nothing else", async () => {
    await inProject(async (project) => {
      const port = await freePort();
      const auto = ["--set", "source={ kind: auto }"];
      const url = `mongodb://keeper:hidden-secret@127.0.0.1:${port}`;
      const ended = await runWith(project, url, "run", ...auto);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toContain(
        `MongoDB does not answer at 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
      );
      expect(ended.stderr).toContain("Code INGESTION_MONGODB_UNREACHABLE");
      await expectNoSecret(project, ended, "hidden-secret");
      expect(await project.list("artifacts/runs")).toEqual([]);
    });
  });
});
