import { readFileSync } from "node:fs";
import { join } from "node:path";

import type {
  StageContext,
  StageProgress,
  TrainerArtifact,
  TransformationArtifact,
} from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { sha256 } from "@gillnet/entity/node";
import { decodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import { readNpy } from "@gillnet/table";

import type { Evidence } from "../src/evidence.ts";
import type { TrainerParams } from "../src/params.ts";
import { train } from "../src/train.ts";
import { randomTable } from "./random-table.ts";
import type { ColumnRecipe } from "./random-table.ts";
import { contextIn, inFolder, writeTransformed } from "./transformed-folder.ts";
import type { TransformedRow } from "./transformed-folder.ts";

const limits = { max_depth: null, min_samples_leaf: 1, min_samples_split: 2 };
const PARAMS: TrainerParams = {
  folds: 3,
  metric: "log_loss",
  search: { kind: "grid", candidates: 50, factor: 3, time_budget: null },
  ensemble: { kind: "none", members: null },
  families: {
    logistic_regression: { C: [0.1, 1], max_iter: 100, standardize: true },
    decision_tree: { criterion: ["gini", "entropy"], ...limits },
    random_forest: {
      n_estimators: [4, 40],
      criterion: "gini",
      max_features: "sqrt",
      bootstrap: true,
      ...limits,
    },
  },
};

const RECIPES: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 4, missing: 0.05 },
  { kind: "categorical", levels: 3, missing: 0.05 },
  { kind: "numeric", levels: 5 },
  { kind: "numeric", levels: 2 },
];
const table = randomTable(420, RECIPES, new SeededRandom(55));
const { features } = table;

/** Rows of the table, grouped by vector; every fifth vector is a test vector. */
const all = Array.from(table.labels, (label, row): TransformedRow => {
  const cells = Array.from(table.x.data.subarray(4 * row, 4 * row + 4));
  const group = cells.reduce((code, cell) => 7 * code + (Number.isNaN(cell) ? 6 : cell * 4 + 1), 0);
  return { cells, label, group, weight: 1 };
});
const trainRows = all.filter((row) => row.group % 5 !== 0);
const testRows = all.filter((row) => row.group % 5 === 0);

interface Run {
  readonly rows?: readonly TransformedRow[];
  readonly test?: readonly TransformedRow[];
  readonly params?: Partial<TrainerParams>;
  readonly groupedBy?: TransformationArtifact["groupedBy"];
  readonly context?: Partial<StageContext>;
}

interface Outcome {
  readonly artifact: TrainerArtifact;
  readonly bundle: Uint8Array;
  readonly evidence: string;
  readonly probabilities: Float64Array;
}

/** Trains in a fresh folder and reads what was written. */
function run({
  rows = trainRows,
  test = testRows,
  params,
  groupedBy,
  context,
}: Run = {}): Promise<Outcome> {
  return inFolder(async (folder) => {
    const transformation = await writeTransformed(folder, features, rows, test, groupedBy);
    const stage = contextIn(join(folder, "out"), context);
    const artifact = await train({ transformation }, { ...PARAMS, ...params }, stage);
    const { bundle, evidence, testProbabilities } = artifact.files;
    const { data } = await readNpy(stage.output.path(testProbabilities));
    return {
      artifact,
      bundle: readFileSync(stage.output.path(bundle)),
      evidence: readFileSync(stage.output.path(evidence), "utf8"),
      probabilities: data,
    };
  });
}

let first: Outcome;
const progress: StageProgress[] = [];
beforeAll(async () => {
  first = await run({ context: { progress: (step) => progress.push(step) } });
});

test("the files hold what the artifact says", () => {
  const { artifact, bundle, evidence, probabilities } = first;
  expect(sha256(bundle)).toBe(artifact.bundleHash);
  const { model, threshold } = decodeBundle(bundle);
  expect(threshold).toBe(artifact.threshold);
  const x = Float64Array.from(testRows.flatMap((row) => row.cells));
  expect(predictProbabilities(model, { data: x, rows: testRows.length, cols: 4 })).toEqual(
    probabilities,
  );
  const right = testRows.filter(
    (row, i) => (probabilities[i] as number) >= threshold === (row.label === 1),
  );
  expect(artifact.test.scores.accuracy).toBeCloseTo(right.length / testRows.length, 12);

  const { files, leaderboard, ...rest } = artifact;
  const read = JSON.parse(evidence) as Evidence;
  expect(read).toMatchObject(rest);
  expect(read.leaderboard).toMatchObject(leaderboard);
  for (const { foldScores, scores } of read.leaderboard) {
    const mean = foldScores.reduce((sum, each) => sum + each.logLoss, 0) / 3;
    expect(mean).toBeCloseTo(scores.logLoss, 12);
  }
  expect(read.testClasses[0]?.recall).toBe(artifact.test.scores.recall);
  expect(read.testClasses[1]).toMatchObject(artifact.test.negativeAsPositive);
  for (const file of Object.values(files)) expect(evidence).not.toContain(file);
});

test("the best candidate by cross-validation is chosen", () => {
  const { artifact } = first;
  expect(artifact.selection).toEqual({
    metric: "log_loss",
    folds: 3,
    by: "vector",
    search: { kind: "grid", combinations: 6, candidates: 6, leftOut: 0, timeBudget: null },
  });
  expect(artifact.leaderboard.length).toBe(6);
  const losses = artifact.leaderboard.map((entry) => entry.scores.logLoss);
  expect(losses).toEqual([...losses].sort((a, b) => a - b));
  expect(artifact.leaderboard[0]).toMatchObject({
    family: artifact.family,
    params: artifact.params,
  });
  expect(artifact.crossValidation).toEqual(artifact.leaderboard[0]?.scores);
  expect(artifact.randomCrossValidation).not.toEqual(artifact.crossValidation);
  for (const { low, value, high } of Object.values(artifact.test.intervals)) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
});

test("progress goes from nothing to all, and says the best so far", () => {
  const fractions = progress.map((step) => step.fraction ?? 0);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
  const messages = progress.map((step) => step.message);
  expect(messages.some((each) => /^random forest [1-3]\/3/.test(each))).toBe(true);
  expect(messages.some((each) => /\/\d+ · best so far 0\.\d{3} log loss$/.test(each))).toBe(true);
});

test.each([1, 3])("with %i jobs the bytes are the same", async (jobs) => {
  const other = await run({ context: { jobs } });
  expect(other.bundle).toEqual(first.bundle);
  expect(other.evidence).toBe(first.evidence);
  expect(other.probabilities).toEqual(first.probabilities);
});

test.each([
  ["whole", () => 1],
  ["other", (row: number) => 0.01 + (row % 7) / 9],
] as const)(
  "%s weights: in another order, with other group numbers, the bytes are the same",
  async (_, weightOf) => {
    const weighted = (rows: readonly TransformedRow[]): TransformedRow[] =>
      rows.map((row, i) => ({ ...row, weight: weightOf(i) }));
    const [rows, test] = [weighted(trainRows), weighted(testRows)];
    const shuffle = (rows: readonly TransformedRow[]): TransformedRow[] => {
      const order = Array.from(rows.keys());
      new SeededRandom(1).shuffle(order);
      return order.map((at) => {
        const { cells, label, group, weight } = rows[at] as TransformedRow;
        return { cells, label, group: 1e6 - 3 * group, weight };
      });
    };
    const one = await run({ rows, test });
    const other = await run({ rows: shuffle(rows), test: shuffle(test) });
    expect(other.bundle).toEqual(one.bundle);
    expect(other.evidence).toBe(one.evidence);
    expect(other.probabilities.slice().sort()).toEqual(one.probabilities.slice().sort());
  },
);

test.each([
  ["gradient_boosting", 4],
  ["adaboost", 2],
] as const)("%s: neither jobs nor the order of the rows change a byte", async (family, entries) => {
  const grids = {
    gradient_boosting: {
      learning_rate: [0.1, 0.3],
      subsample: 0.7,
      n_estimators: [20, 4],
      max_features: null,
      ...limits,
      max_depth: 3,
    },
    adaboost: { learning_rate: 0.5, n_estimators: [3, 15] },
  };
  const params = { families: { [family]: grids[family] } };
  const one = await run({ params, context: { jobs: 1 } });
  expect(one.artifact.leaderboard.length).toBe(entries);
  const rows = trainRows
    .toReversed()
    .map(({ cells, label, group, weight }) => ({ cells, label, group: 1e6 - group, weight }));
  const other = await run({ params, rows, context: { jobs: 3 } });
  expect(other.bundle).toEqual(one.bundle);
  expect(other.evidence).toBe(one.evidence);
  const { model } = decodeBundle(one.bundle);
  expect(model.kind).toBe("boosting");
});

test("a row of weight 3 is three rows, to the last byte", async () => {
  const weighted = (rows: readonly TransformedRow[]): TransformedRow[] =>
    rows.map((row, i) => ({ ...row, weight: 1 + (i % 3) }));
  const repeated = (rows: readonly TransformedRow[]): TransformedRow[] =>
    weighted(rows).flatMap((row) =>
      Array.from({ length: row.weight }, () => ({ ...row, weight: 1 })),
    );
  const one = await run({ rows: weighted(trainRows), test: weighted(testRows) });
  const other = await run({ rows: repeated(trainRows), test: repeated(testRows) });
  expect(other.bundle).toEqual(one.bundle);
  expect(other.evidence).toBe(one.evidence);
});

test("another seed gives another model", async () => {
  const other = await run({ context: { seed: 43 } });
  expect(other.artifact.leaderboard).not.toEqual(first.artifact.leaderboard);
});

test("weights need not be whole", async () => {
  const rows = trainRows.map((row, i) => ({ ...row, weight: 0.01 + (i % 7) / 9 }));
  const { artifact } = await run({ rows });
  expect(artifact.test.scores.accuracy).toBeGreaterThan(0.7);
});

test("a random split is cross-validated at random", async () => {
  const params = { families: { decision_tree: PARAMS.families.decision_tree ?? false } };
  const { artifact } = await run({ groupedBy: "random", params });
  expect(artifact.selection.by).toBe("random");
  expect(artifact.randomCrossValidation).toEqual(artifact.crossValidation);
});

test("notes say which columns trees see in part, and which fits stopped early", async () => {
  await inFolder(async (folder) => {
    const categories = Array.from({ length: 300 }, (_, i) => `c${1000 + i}`);
    const rows = trainRows.map(({ label, weight }, i): TransformedRow => ({
      cells: [i % 300],
      label,
      group: i,
      weight,
    }));
    const wide = [{ kind: "categorical", name: "city", categories }] as const;
    const transformation = await writeTransformed(folder, wide, rows, rows.slice(0, 50));
    const families = { logistic_regression: { C: 1, max_iter: 1, standardize: true } };
    const { notes } = await train({ transformation }, { ...PARAMS, families }, contextIn(folder));
    expect(notes).toEqual([
      "Logistic regression stopped after 1 step, short of its minimum: raise max_iter",
      "'city' has 300 categories: trees tell the 253 most frequent apart and take the others as one",
    ]);
  });
});

describe("refused before any work", () => {
  test.each([
    [
      "no family",
      { params: { families: { decision_tree: false, random_forest: null } } },
      "TRAINER_NO_FAMILY",
    ],
    [
      "a grid without values",
      { params: { families: { decision_tree: { criterion: [], ...limits } } } },
      "TRAINER_NO_FAMILY",
    ],
    [
      "one class in the test part",
      { test: testRows.filter((row) => row.label === 0) },
      "TRAINER_ONE_CLASS",
    ],
    ["no test rows", { test: [] }, "TRAINER_NO_ROWS"],
  ] as const)("%s", async (_, given, code) => {
    await expect(run(given)).rejects.toMatchObject({ code });
  });
});

test("an abort in the midst of the search ends it with the signal's reason", async () => {
  const controller = new AbortController();
  const reason = new RangeError("interrupted");
  const stopped = run({
    context: {
      signal: controller.signal,
      progress: ({ fraction = 0 }) => {
        if (fraction > 0) controller.abort(reason);
      },
    },
  });
  await expect(stopped).rejects.toBe(reason);
});
