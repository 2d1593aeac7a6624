import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";

import { fitClassifier } from "../src/fit-classifier.ts";
import type { FitClassifierOptions, LabelledMatrix } from "../src/fit-classifier.ts";
import { randomTable } from "./random-table.ts";

const table = randomTable(
  200,
  [
    { kind: "numeric", levels: 9 },
    { kind: "numeric", levels: 60, missing: 0.1 },
    { kind: "categorical", levels: 5 },
  ],
  new SeededRandom(2),
);
const options: FitClassifierOptions = {
  family: "random_forest",
  params: {
    n_estimators: 70,
    criterion: "gini",
    max_features: "sqrt",
    max_depth: null,
    min_samples_leaf: 1,
    min_samples_split: 2,
    bootstrap: true,
  },
  seed: 3,
  jobs: 2,
  signal: new AbortController().signal,
};

/** Some rows of the table, in the order given, each as often as it is named. */
function rowsOf(rows: readonly number[]): LabelledMatrix {
  const { data, cols } = table.x;
  const chosen = new Float64Array(rows.length * cols);
  rows.forEach((row, at) => chosen.set(data.subarray(row * cols, (row + 1) * cols), at * cols));
  return {
    x: { data: chosen, rows: rows.length, cols },
    labels: Uint8Array.from(rows, (row) => table.labels[row] as number),
    features: table.features,
  };
}

test("neither threads nor the order of the rows change the model, and progress reaches the end", async () => {
  const shares: number[] = [];
  const { model } = await fitClassifier(table, { ...options, onProgress: (s) => shares.push(s) });
  expect(shares.at(-1)).toBeCloseTo(1, 10);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));

  const order = Array.from({ length: 200 }, (_, row) => row);
  new SeededRandom(4).shuffle(order);
  const alone = await fitClassifier(rowsOf(order), { ...options, jobs: 1 });
  expect(alone.model).toEqual(model);
  const answers = predictProbabilities(model, table.x);
  const right = answers.filter((p, row) => p >= 0.5 === (table.labels[row] === 1)).length;
  expect(right / 200).toBeGreaterThan(0.95);
});

test("weights count as rows", async () => {
  const weights = Float64Array.from(table.labels, (_, row) => 1 + (row % 3));
  const rows = Array.from(weights).flatMap((weight, row) => new Array<number>(weight).fill(row));
  const { model } = await fitClassifier({ ...table, weights }, options);
  expect((await fitClassifier(rowsOf(rows), options)).model).toEqual(model);
});

test("an aborted fit rejects with the signal's reason", async () => {
  const reason = new RangeError("enough");
  await expect(
    fitClassifier(table, { ...options, signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
  const controller = new AbortController();
  const params = { ...options.params, n_estimators: 10_000 };
  await expect(
    fitClassifier(table, {
      ...options,
      params,
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    }),
  ).rejects.toBe(reason);
});

test.each(["decision_tree", "logistic_regression"])(
  "%s: an abort is heard while the rows are prepared",
  async (family) => {
    const controller = new AbortController();
    const reason = new RangeError("not now");
    setImmediate(() => controller.abort(reason));
    const params = family === "decision_tree" ? { criterion: "gini" } : {};
    const fit = fitClassifier(table, { ...options, family, params, signal: controller.signal });
    await expect(fit).rejects.toBe(reason);
  },
);

const boosting = { learning_rate: 0.1, subsample: 0.8, n_estimators: 20 };

test("a small fit in this thread is that of a worker, whatever holds the numbers", async () => {
  const params = { ...boosting, n_estimators: 700 };
  const wanted = await fitClassifier(table, { ...options, family: "gradient_boosting", params });
  const few = { ...options, family: "gradient_boosting", params: boosting };
  const shares: number[] = [];
  const { model } = await fitClassifier(table, { ...few, onProgress: (s) => shares.push(s) });
  expect(shares.at(-1)).toBe(1);
  // The first trees of the larger ensemble are the smaller one.
  if (model.kind !== "boosting" || wanted.model.kind !== "boosting") throw new RangeError();
  const nodes = model.trees.feature.length;
  expect(wanted.model.trees.value.subarray(0, nodes)).toEqual(model.trees.value);
  const narrow = { ...table, x: { ...table.x, data: Float32Array.from(table.x.data) } };
  expect((await fitClassifier(narrow, few)).model).toEqual(model);
});

test("histogram boosting does not depend on what was fitted before it, nor on the order of the rows", async () => {
  const params = { subsample: 0.8, n_estimators: 20 };
  const some = { ...options, family: "hist_gradient_boosting", params };
  const { model } = await fitClassifier(table, some);
  const order = Array.from({ length: 200 }, (_, row) => (row * 7) % 200);
  await fitClassifier(rowsOf(order.slice(50)), some);
  expect((await fitClassifier(rowsOf(order), some)).model).toEqual(model);
});

test("weights that are not whole, and families that read values, go by the numbers themselves", async () => {
  const weights = Float64Array.from(table.labels, (_, row) => 0.5 + (row % 3));
  const order = Array.from({ length: 200 }, (_, row) => (row * 7) % 200);
  const shuffled = {
    ...rowsOf(order),
    weights: Float64Array.from(order, (row) => weights[row] ?? 0),
  };
  for (const [family, params] of [
    ["gradient_boosting", boosting],
    ["logistic_regression", {}],
  ] as const) {
    const some = { ...options, family, params };
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { model } = await fitClassifier({ ...table, weights }, some);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect((await fitClassifier(shuffled, some)).model).toEqual(model);
  }
});

const infinite = { ...table.x, data: table.x.data.map((cell, i) => (i === 3 ? Infinity : cell)) };

test.each<[string, Partial<LabelledMatrix>]>([
  ["TRAINER_NO_ROWS", rowsOf([])],
  ["TRAINER_SHAPE_MISMATCH", { labels: new Uint8Array(3) }],
  ["TRAINER_SHAPE_MISMATCH", { weights: new Float64Array(3) }],
  ["TRAINER_SHAPE_MISMATCH", { features: [] }],
  ["TRAINER_BAD_LABEL", { labels: new Uint8Array(200).fill(2) }],
  ["TRAINER_BAD_WEIGHT", { weights: new Float64Array(200) }],
  ["TRAINER_BAD_FEATURE", { x: infinite }],
  ["TRAINER_ONE_CLASS", { labels: new Uint8Array(200) }],
])("%s", async (code, wrong) => {
  await expect(fitClassifier({ ...table, ...wrong }, options)).rejects.toMatchObject({ code });
});
