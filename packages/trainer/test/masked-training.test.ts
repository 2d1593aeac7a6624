import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { SeededRandom } from "@gillnet/entity";
import type { TrainerArtifact } from "@gillnet/entity";
import { decodeInputs, encodeInputs, predictProbabilities } from "@gillnet/model-bundle";
import type { Model } from "@gillnet/model-bundle";

import { fitClassifier } from "../src/fit-classifier.ts";
import type { FitClassifierOptions, LabelledMatrix } from "../src/fit-classifier.ts";
import { train } from "../src/train.ts";
import { contextIn, inFolder, writeTransformed } from "./transformed-folder.ts";

/** What the trainer's settings give a family that is named without any. */
const PARAMS = {
  learning_rate: 0.1,
  n_estimators: 60,
  growth: "depth_wise",
  max_depth: 3,
  max_leaf_nodes: null,
  min_samples_leaf: 1,
  min_child_weight: 1,
  l2_regularization: 1,
  subsample: 1,
  max_features: null,
  monotonic_constraints: null,
  early_stopping: null,
  validation_share: 0.1,
  class_weight: null,
  mask_copies: 0,
  mask_share: 0.5,
};

const COLS = 7;
const names = ["register", "register age", "a", "b", "c", "d", "e"];

/**
 * Rows of which the first two columns, from one source, nearly tell the class; each of the others says the class three
 * times out of four.
 */
function drawTable(rows: number, seed: number): LabelledMatrix {
  const random = new SeededRandom(seed);
  const data = new Float64Array(rows * COLS);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = random.integer(2);
    labels[row] = label;
    for (let column = 0; column < COLS; column++) {
      const says = random.uniform() < (column < 2 ? 0.95 : 0.75) ? label : 1 - label;
      data[row * COLS + column] = says + 2 * random.integer(column === 4 ? 3 : 1);
    }
  }
  const features = names.map((name) => ({ kind: "numeric" as const, name }));
  return { x: { data, rows, cols: COLS }, labels, features };
}

const rows = drawTable(3000, 1);
const unseen = drawTable(2000, 2);

async function fit(options: Partial<FitClassifierOptions>, params: object = {}): Promise<Model> {
  const result = await fitClassifier(rows, {
    family: "hist_gradient_boosting",
    seed: 3,
    jobs: 1,
    signal: new AbortController().signal,
    ...options,
    params: { ...PARAMS, ...params },
  });
  return result.model;
}

/** Accuracy on rows never seen, some of their columns missing. */
function accuracy(model: Model, missing: readonly string[]): number {
  const gone = new Set(missing.map((name) => names.indexOf(name)));
  const data = Float64Array.from(unseen.x.data, (cell, at) => (gone.has(at % COLS) ? NaN : cell));
  const answers = predictProbabilities(model, { ...unseen.x, data });
  return answers.filter((p, row) => p >= 0.5 === (unseen.labels[row] === 1)).length / 2000;
}

test("a model trained on masked copies loses far less when the strong columns are gone", async () => {
  const maskGroups = [["register", "register age"]];
  const plain = await fit({});
  const masked = await fit({ maskGroups }, { mask_copies: 3 });
  const [bare, prepared] = [plain, masked].map((model) => accuracy(model, names.slice(0, 2)));
  // Five columns that are right three times out of four make 0.896 together at most.
  expect(prepared).toBeGreaterThan(0.8);
  expect(prepared).toBeGreaterThan((bare as number) + 0.2);
  expect(accuracy(masked, [])).toBeGreaterThan(accuracy(plain, []) - 0.01);
});

test("columns go missing by themselves where no group is declared", async () => {
  const [plain, masked] = [await fit({}), await fit({}, { mask_copies: 3 })];
  for (const name of names) {
    expect(accuracy(masked, [name])).toBeGreaterThan(accuracy(plain, [name]) - 0.01);
  }
});

test("neither threads nor the order of the rows change the masks", async () => {
  const params = { mask_copies: 2, subsample: 0.7, class_weight: "balanced", early_stopping: 5 };
  const one = await fit({}, params);
  const order = Array.from({ length: rows.x.rows }, (_, row) => row);
  new SeededRandom(9).shuffle(order);
  const data = new Float64Array(rows.x.data.length);
  order.forEach((from, to) => {
    data.set(rows.x.data.subarray(from * COLS, (from + 1) * COLS), to * COLS);
  });
  const shuffled: LabelledMatrix = {
    x: { ...rows.x, data },
    labels: order.map((row) => rows.labels[row] as number),
    features: rows.features,
  };
  const { model } = await fitClassifier(shuffled, {
    family: "hist_gradient_boosting",
    params: { ...PARAMS, ...params },
    seed: 3,
    jobs: 2,
    signal: new AbortController().signal,
  });
  expect(model).toEqual(one);
  expect(await fit({ seed: 4 }, params)).not.toEqual(one);
});

test("a group of columns that are none is refused", async () => {
  await expect(fit({ maskGroups: [["register", "nobody"]] })).rejects.toMatchObject({
    code: "TRAINER_BAD_MASK_GROUP",
  });
});

describe("through train", () => {
  const lines = Array.from({ length: 600 }, (_, row) => ({
    cells: Array.from(rows.x.data.subarray(row * COLS, (row + 1) * COLS)),
    label: rows.labels[row] as number,
    group: row,
    weight: 1,
  }));
  const hist = { ...PARAMS, n_estimators: [5, 20], mask_copies: [0, 3] };
  const params = {
    folds: 3,
    metric: "log_loss",
    search: { kind: "grid", candidates: 50, factor: 3, time_budget: null },
    ensemble: { kind: "none", members: null },
    mask_groups: [["register", "register age"]],
    families: { hist_gradient_boosting: hist },
  } as const;

  function run(jobs: number, imputes: boolean, given: object = {}): Promise<TrainerArtifact> {
    return inFolder(async (folder) => {
      const transformation = await writeTransformed(
        folder,
        rows.features,
        lines.slice(0, 450),
        lines.slice(450),
      );
      if (imputes) {
        const path = join(folder, transformation.artifact.files.preprocessing);
        const imputer = {
          kind: "knn",
          neighbors: 1,
          weights: "uniform",
          columns: Int32Array.of(0),
          donors: Float64Array.of(1),
          donorCounts: Float64Array.of(1),
          means: Float64Array.of(1),
        } as const;
        const inputs = decodeInputs(await readFile(path));
        await writeFile(path, encodeInputs({ ...inputs, preprocessor: { imputer } }));
      }
      const context = contextIn(join(folder, "out"), { jobs });
      return train({ transformation }, { ...params, ...given } as never, context);
    });
  }

  test("masking is a setting to search over, and no number of threads changes a byte", async () => {
    const one = await run(1, false);
    expect(one.leaderboard.map(({ params }) => params["mask_copies"]).sort()).toEqual([0, 0, 3, 3]);
    for (const { scores } of one.leaderboard) expect(scores.accuracy).toBeGreaterThan(0.9);
    expect(one.notes).toEqual([]);
    expect((await run(3, false)).bundleHash).toBe(one.bundleHash);
  });

  test("an imputer that fills what was masked is said", async () => {
    expect((await run(2, true)).notes).toEqual([
      "A model was trained on masked copies, but imputation fills missing numbers before the model sees them: set transformation.imputer to none",
    ]);
  });

  test("a group of columns that are none is refused", async () => {
    await expect(run(1, false, { mask_groups: [["nobody"]] })).rejects.toMatchObject({
      code: "TRAINER_BAD_MASK_GROUP",
      hint: expect.stringContaining("one group at most") as unknown,
    });
  });
});
