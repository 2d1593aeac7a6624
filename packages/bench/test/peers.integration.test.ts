import { readBytes, readDoubles } from "../src/data/npy.ts";
import { scoreFolds } from "../src/scoring/score-folds.ts";
import type { SideAnswer } from "../src/sides/jobs.ts";
import { pythonCommand } from "../src/sides/python.ts";
import { runSide } from "../src/sides/run-side.ts";
import { inFolder, smallTable, writeTable } from "./small-table.ts";
import { testApp } from "./test-app.ts";

// Needs a Python with scikit-learn and pandas: .integration/run sets it.
const program = process.env["GILLNET_BENCH_PYTHON"] ?? "python3";
const { app } = testApp({ environment: process.env });
const run = (script: string, job: object): Promise<unknown> =>
  runSide(pythonCommand({ program }, script, job, app, 1), app.signal);

const table = smallTable(300);
const model = { estimator: "sklearn.tree.DecisionTreeClassifier", params: { max_depth: 2 } };

test("folds are made as asked for, and a peer's answers for them are scored", () =>
  inFolder(async (path) => {
    await writeTable(table, path("x.npy"), path("y.npy"));
    const files = { x: path("x.npy"), y: path("y.npy") };
    const protocols = { random: path("random.npy"), grouped: path("grouped.npy") };
    await run("make_folds.py", { ...files, ...protocols });
    const grouped = await readBytes(protocols.grouped);
    const foldOf = new Map<string, number>();
    grouped.forEach((fold, row) => {
      const cells = table.x.subarray(row * table.cols, (row + 1) * table.cols).join();
      expect(foldOf.get(cells) ?? fold).toBe(fold);
      foldOf.set(cells, fold);
    });
    const folds = await readBytes(protocols.random);
    expect(new Set(folds).size).toBe(10);
    const out = path("out.npy");
    const job = { ...files, folds: protocols.random, out, ...model, jobs: 2 };
    const { seconds } = (await run("cv.py", job)) as SideAnswer;
    expect(seconds).toHaveLength(10);
    const { accuracy } = scoreFolds(await readDoubles(out), table.y, folds);
    expect(accuracy.value).toBeGreaterThan(0.8);
  }));

test("a peer's fits are timed, and it answers for other rows", () =>
  inFolder(async (path) => {
    await writeTable(table, path("x.npy"), path("y.npy"));
    const files = { x: path("x.npy"), y: path("y.npy"), xTest: path("x.npy") };
    const out = path("out.npy");
    const answer = (await run("fit.py", { ...files, out, ...model, fits: 3 })) as SideAnswer;
    expect(answer.seconds).toHaveLength(3);
    expect(answer.peakMegabytes).toBeGreaterThan(10);
    expect(await readDoubles(out)).toHaveLength(table.y.length);
  }));

test("what Python says of an error is passed on", () =>
  inFolder(async (path) => {
    await writeTable(table, path("x.npy"), path("y.npy"));
    const files = { x: path("x.npy"), y: path("y.npy"), xTest: path("x.npy"), out: path("o.npy") };
    const params = { depth: 2 };
    await expect(run("fit.py", { ...files, ...model, params, fits: 1 })).rejects.toMatchObject({
      code: "BENCH_SIDE_FAILED",
      message: expect.stringContaining("unexpected keyword argument 'depth'") as string,
    });
  }));
