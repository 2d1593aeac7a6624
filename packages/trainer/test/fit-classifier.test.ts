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
