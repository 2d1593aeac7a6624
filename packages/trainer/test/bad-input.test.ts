import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { SeededRandom } from "@gillnet/entity";
import type { TrainerArtifact } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { InputFeature } from "@gillnet/model-bundle";

import { fitClassifier } from "../src/fit-classifier.ts";
import type { LabelledMatrix } from "../src/fit-classifier.ts";
import type { FitResult } from "../src/families/family.ts";
import type { TrainerParams } from "../src/params.ts";
import { train } from "../src/train.ts";
import { contextIn, inFolder, writeTransformed } from "./transformed-folder.ts";
import type { TransformedRow } from "./transformed-folder.ts";

const FEATURES: readonly InputFeature[] = [
  { kind: "numeric", name: "age" },
  { kind: "categorical", name: "city", categories: ["A", "B", "C"] },
  { kind: "numeric", name: "rank" },
];

const random = new SeededRandom(19);
const good: readonly TransformedRow[] = Array.from({ length: 90 }, (_, row) => {
  const cells = [random.integer(9), random.integer(3), random.integer(4)];
  const label = (cells[0] as number) + random.integer(4) > 5 ? 1 : 0;
  return { cells, label, group: row, weight: 1 };
});

const limits = { max_depth: 4, min_samples_leaf: 1, min_samples_split: 2 };
const FAMILIES = {
  logistic_regression: { C: 1, max_iter: 100, standardize: true },
  decision_tree: { criterion: "gini", ...limits },
  adaboost: { learning_rate: 0.5, n_estimators: 5 },
  random_forest: {
    n_estimators: 5,
    criterion: "gini",
    max_features: "sqrt",
    bootstrap: true,
    ...limits,
  },
  gradient_boosting: {
    learning_rate: 0.2,
    subsample: 0.7,
    n_estimators: 5,
    max_features: null,
    ...limits,
  },
} as const;
const PARAMS: TrainerParams = {
  folds: 3,
  metric: "log_loss",
  search: { kind: "grid", candidates: 50, factor: 3, time_budget: null },
  ensemble: { kind: "none", members: null },
  families: FAMILIES,
};

/** Trains in a fresh folder; `written` gets the files that there are afterwards. */
function trainOn(
  rows: readonly TransformedRow[],
  features = FEATURES,
  written: string[] = [],
): Promise<TrainerArtifact> {
  return inFolder(async (folder) => {
    const transformation = await writeTransformed(folder, features, rows, good);
    const before = new Set(await readdir(folder, { recursive: true }));
    try {
      return await train({ transformation }, PARAMS, contextIn(join(folder, "out")));
    } finally {
      const after = await readdir(folder, { recursive: true });
      written.push(...after.filter((file) => !before.has(file)));
    }
  });
}

function matrixOf(rows: readonly TransformedRow[], features = FEATURES): LabelledMatrix {
  const data = Float64Array.from(rows.flatMap(({ cells }) => cells));
  return {
    x: { data, rows: rows.length, cols: features.length },
    labels: rows.map(({ label }) => label),
    weights: rows.map(({ weight }) => weight),
    features,
  };
}

function fitOn(matrix: LabelledMatrix, family: keyof typeof FAMILIES): Promise<FitResult> {
  const signal = new AbortController().signal;
  return fitClassifier(matrix, { family, params: FAMILIES[family], seed: 1, jobs: 1, signal });
}

/** The good rows, the one at place 7 with something else. */
function withRow(change: Partial<TransformedRow>): readonly TransformedRow[] {
  return good.map((row, at) => (at === 7 ? { ...row, ...change } : row));
}

const withCells = (...cells: readonly number[]): readonly TransformedRow[] => withRow({ cells });
const everyRow = (change: (row: TransformedRow) => Partial<TransformedRow>): TransformedRow[] =>
  good.map((row) => ({ ...row, ...change(row) }));

const CORRECT_ROW = "Correct the row";
const CASES: readonly (readonly [string, readonly TransformedRow[], string, string])[] = [
  ["no rows", [], "TRAINER_NO_ROWS", "Check the source"],
  [
    "positive labels alone",
    everyRow(() => ({ label: 1 })),
    "TRAINER_ONE_CLASS",
    "count as positive",
  ],
  [
    "negative labels alone",
    everyRow(() => ({ label: 0 })),
    "TRAINER_ONE_CLASS",
    "count as positive",
  ],
  ["a label of NaN", withRow({ label: NaN }), "TRAINER_BAD_LABEL", CORRECT_ROW],
  ["an infinite label", withRow({ label: Infinity }), "TRAINER_BAD_LABEL", CORRECT_ROW],
  ["a label of -1", withRow({ label: -1 }), "TRAINER_BAD_LABEL", CORRECT_ROW],
  ["a label of 0.5", withRow({ label: 0.5 }), "TRAINER_BAD_LABEL", CORRECT_ROW],
  ["an infinite number", withCells(Infinity, 0, 0), "TRAINER_BAD_FEATURE", CORRECT_ROW],
  ["a negative infinite number", withCells(0, 0, -Infinity), "TRAINER_BAD_FEATURE", CORRECT_ROW],
  ["an infinite category", withCells(0, Infinity, 0), "TRAINER_BAD_FEATURE", CORRECT_ROW],
  ["a category that is none", withCells(0, 3, 0), "TRAINER_BAD_FEATURE", CORRECT_ROW],
  ["a weight of 0", withRow({ weight: 0 }), "TRAINER_BAD_WEIGHT", CORRECT_ROW],
  ["weights of 0 alone", everyRow(() => ({ weight: 0 })), "TRAINER_BAD_WEIGHT", CORRECT_ROW],
  ["a negative weight", withRow({ weight: -2 }), "TRAINER_BAD_WEIGHT", CORRECT_ROW],
  ["a weight of NaN", withRow({ weight: NaN }), "TRAINER_BAD_WEIGHT", CORRECT_ROW],
  ["an infinite weight", withRow({ weight: Infinity }), "TRAINER_BAD_WEIGHT", CORRECT_ROW],
  [
    "a number that is missing throughout",
    everyRow(({ cells: [age, city] }) => ({ cells: [age as number, city as number, NaN] })),
    "TRAINER_EMPTY_COLUMN",
    "ignored in the schema",
  ],
  [
    "a category that is missing throughout",
    everyRow(({ cells: [age, , rank] }) => ({ cells: [age as number, NaN, rank as number] })),
    "TRAINER_EMPTY_COLUMN",
    "ignored in the schema",
  ],
];

describe.each(CASES)("%s", (_, rows, code, hint) => {
  const refusal = { code, hint: expect.stringContaining(hint) as unknown };

  test("is refused by train, before anything is written", async () => {
    const written: string[] = [];
    await expect(trainOn(rows, FEATURES, written)).rejects.toMatchObject(refusal);
    expect(written).toEqual([]);
  });

  test("is refused by fitClassifier", async () => {
    await expect(fitOn(matrixOf(rows), "random_forest")).rejects.toMatchObject(refusal);
  });
});

test("more folds than groups are refused", async () => {
  const written: string[] = [];
  const rows = everyRow(({ label }) => ({ group: label }));
  await expect(trainOn(rows, FEATURES, written)).rejects.toMatchObject({
    code: "TRAINER_TOO_FEW_GROUPS",
    hint: expect.stringContaining("Lower trainer.folds") as unknown,
  });
  expect(written).toEqual([]);
});

test.each([
  ["cells", { x: { data: new Float64Array(3), rows: 90, cols: 3 } }],
  ["labels", { labels: [0, 1] }],
  ["weights", { weights: [1] }],
  ["features", { features: FEATURES.slice(1) }],
] as const)("a matrix of other many %s is refused", async (_, change) => {
  await expect(fitOn({ ...matrixOf(good), ...change }, "decision_tree")).rejects.toMatchObject({
    code: "TRAINER_SHAPE_MISMATCH",
  });
});

test("a column that only one fold has is no fault, in any family", async () => {
  // The rows that have a rank are one group, and so in one fold: when it is held out, no rank is left.
  const rows = good.map(({ cells: [age, city, rank], label, weight }, at): TransformedRow => {
    const cells = [age as number, city as number, at < 20 ? (rank as number) : NaN];
    return { cells, label, weight, group: Math.max(0, at - 19) };
  });
  const { leaderboard } = await trainOn(rows);
  expect(leaderboard.map(({ family }) => family).sort()).toEqual(Object.keys(FAMILIES).sort());
  for (const { scores } of leaderboard) {
    for (const score of Object.values(scores)) expect(Number.isFinite(score)).toBe(true);
  }
});

describe("a column of more categories than bins", () => {
  const categories = Array.from({ length: 300 }, (_, code) => `c${1000 + code}`);
  const wide: readonly InputFeature[] = [{ kind: "categorical", name: "city", categories }];
  // Code 299 is frequent and positive, 298 rare: of the rare ones those of the lowest codes have bins.
  const rows = Array.from({ length: 600 }, (_, at): TransformedRow => {
    const code = at % 3 === 0 ? 299 : at % 299;
    return { cells: [code], label: code === 299 ? 1 : at % 2, group: at, weight: 1 };
  });
  const warning =
    "'city' has 300 categories: trees tell the 253 most frequent apart and take the others as one";

  test("is grouped by frequency, and both ways to train say so", async () => {
    const { model, notes } = await fitOn(matrixOf(rows, wide), "decision_tree");
    expect(notes).toEqual([warning]);
    const [frequent, rare, rarer] = predictProbabilities(model, {
      data: Float64Array.of(299, 297, 298),
      rows: 3,
      cols: 1,
    });
    expect(frequent).toBe(1);
    expect(rare).toBe(rarer);

    await inFolder(async (folder) => {
      const transformation = await writeTransformed(folder, wide, rows, rows.slice(0, 60));
      const artifact = await train({ transformation }, PARAMS, contextIn(join(folder, "out")));
      expect(artifact.notes).toContain(warning);
    });
  });

  test("254 categories have a bin each", async () => {
    const fewer = [{ kind: "categorical", name: "city", categories: categories.slice(0, 254) }];
    const few = rows.map((row) =>
      Object.assign({}, row, { cells: [(row.cells[0] as number) % 254] }),
    );
    const matrix = matrixOf(few, fewer as readonly InputFeature[]);
    expect((await fitOn(matrix, "decision_tree")).notes).toEqual([]);
  });
});
