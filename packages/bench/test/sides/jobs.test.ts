import { mkdirSync } from "node:fs";
import { readDoubles, writeNpyMatrix } from "../../src/data/npy.ts";
import { splitTable } from "../../src/data/real-table.ts";
import { accuracyAndF1 } from "../../src/scoring/accuracy-and-f1.ts";
import { runPublishedJob } from "../../src/sides/run-published-job.ts";
import { runFitJob } from "../../src/sides/run-fit-job.ts";
import { runFoldsJob } from "../../src/sides/run-folds-job.ts";
import { runGridJob } from "../../src/sides/run-grid-job.ts";
import { inFolder, smallTable, writeTable } from "../small-table.ts";

const model = { family: "decision_tree", params: { max_depth: 2 }, threads: 1, seed: 0 };
const { train, test: heldOut } = splitTable(smallTable(400));

test("a fit is timed as often as asked for, and answers for the test rows", () =>
  inFolder(async (path) => {
    await writeTable(train, path("x"), path("y"));
    await writeTable(heldOut, path("xTest"), path("yTest"));
    const files = { x: path("x"), y: path("y"), xTest: path("xTest"), out: path("out") };
    const answer = await runFitJob({ kind: "fit", ...files, ...model, fits: 2 });
    expect(answer.seconds).toHaveLength(2);
    expect(answer.peakMegabytes).toBeGreaterThan(1);
    const { accuracy } = accuracyAndF1(await readDoubles(path("out")), heldOut.y);
    expect(accuracy).toBeGreaterThan(0.8);
  }));

test("no row is answered for by a model that has seen it", () =>
  inFolder(async (path) => {
    // One column, and a label that only a row's own fold has: a model without that fold says the contrary.
    const x = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const y = Uint8Array.of(0, 0, 1, 1, 1, 1, 0, 0);
    await writeTable({ x, y, cols: 1 }, path("x"), path("y"));
    const data = Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1);
    await writeNpyMatrix(path("folds"), { data, rows: 8, cols: 1 });
    const files = { x: path("x"), y: path("y"), folds: path("folds"), out: path("out") };
    const { seconds } = await runFoldsJob({ kind: "folds", ...files, ...model });
    expect(seconds).toHaveLength(2);
    expect(await readDoubles(path("out"))).toEqual(Float64Array.of(1, 1, 0, 0, 0, 0, 1, 1));
  }));

test.each(["random", "vector"] as const)("an average is fitted without each fold, by %s", (by) =>
  inFolder(async (path) => {
    const table = smallTable(300);
    await writeTable(table, path("x"), path("y"));
    const data = Uint8Array.from(table.y, (_, row) => row % 2);
    await writeNpyMatrix(path("folds"), { data, rows: data.length, cols: 1 });
    const files = { x: path("x"), y: path("y"), folds: path("folds"), out: path("out") };
    const shares: number[] = [];
    const { seconds } = await runPublishedJob(
      {
        kind: "published",
        ...files,
        folder: path("folder"),
        members: [
          { family: "random_forest", params: { n_estimators: 10 } },
          { family: "logistic_regression", params: {} },
        ],
        by,
        threads: 1,
        seed: 0,
      },
      ({ share = 0 }) => shares.push(share),
    );
    expect(seconds).toHaveLength(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const { accuracy } = accuracyAndF1(await readDoubles(path("out")), table.y);
    expect(accuracy).toBeGreaterThan(0.75);
  }),
);

test("the whole job gives the winner of each of the five families", () =>
  inFolder(async (path) => {
    await writeTable(train, path("x"), path("y"));
    await writeTable(heldOut, path("xTest"), path("yTest"));
    mkdirSync(path("folder"));
    const files = { x: path("x"), y: path("y"), xTest: path("xTest"), yTest: path("yTest") };
    const { models = [], seconds } = await runGridJob({
      kind: "grid",
      ...files,
      folder: path("folder"),
      threads: 2,
      seed: 0,
    });
    expect(seconds).toHaveLength(1);
    expect(models.map(({ family }) => family)).toEqual([
      "random_forest",
      "decision_tree",
      "gradient_boosting",
      "logistic_regression",
      "adaboost",
    ]);
    for (const { crossValidationAccuracy, testAccuracy, testF1 } of models) {
      for (const score of [crossValidationAccuracy, testAccuracy, testF1]) {
        expect(score).toBeGreaterThan(0.75);
        expect(score).toBeLessThan(1);
      }
    }
  }));
