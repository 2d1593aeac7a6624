import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { NetworkModel } from "@gillnet/model-bundle";

import type { FitResult } from "../../../src/families/family.ts";
import { fillUnits } from "../../../src/families/network/network-inputs.ts";
import { logits } from "../../../src/families/network/network-training.ts";
import { neuralNetwork } from "../../../src/families/network/neural-network.ts";
import { startTensorFlow } from "../../../src/families/network/tensorflow.ts";
import { fitClassifier } from "../../../src/fit-classifier.ts";
import { testClassifierContract } from "../../classifier-contract.ts";
import { fitContext } from "../../fit-context.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { RandomTable } from "../../random-table.ts";

const PARAMS = {
  hidden_layer_sizes: "12-6",
  learning_rate: 0.03,
  batch_size: 64,
  dropout: 0.1,
  l2_regularization: 0.0001,
  epochs: 12,
  early_stopping: 8,
  validation_share: 0.1,
};

testClassifierContract(neuralNetwork, PARAMS, 0.75);

const TABLE = randomTable(
  400,
  [
    { kind: "numeric", levels: 3, missing: 0.1 },
    { kind: "categorical", levels: 6, missing: 0.1 },
    { kind: "numeric", levels: 90, missing: 0.1 },
  ],
  new SeededRandom(31),
);

async function fit(table: RandomTable, params: object = {}): Promise<FitResult> {
  return neuralNetwork.fit(trainingSetOf(table), { ...PARAMS, ...params }, fitContext(5));
}

test("TensorFlow and the bundle answer alike", async () => {
  const model = (await fit(TABLE)).model as NetworkModel;
  const random = new SeededRandom(32);
  // Rows of other values, and more cells missing, than those of training.
  const { x, features } = randomTable(
    500,
    [
      { kind: "numeric", levels: 5, missing: 0.3 },
      { kind: "categorical", levels: 6, missing: 0.3 },
      { kind: "numeric", levels: 400, missing: 0.3 },
    ],
    random,
  );
  const rows = Int32Array.from({ length: 500 }, (_, row) => row);
  const width = model.unitValue.length;
  const units = new Float32Array(500 * width);
  fillUnits(model, features, x, rows, units);
  const { tf } = await startTensorFlow();
  const wanted = tf.tidy(() => {
    const layers = model.layers.map(
      ({ weights, bias }) =>
        [
          tf.tensor2d([...weights], [weights.length / bias.length, bias.length]),
          tf.tensor1d([...bias]),
        ] as const,
    );
    return [...tf.sigmoid(logits(tf, layers, tf.tensor2d(units, [500, width]))).dataSync()];
  });
  const answers = predictProbabilities(model, x);
  wanted.forEach((p, row) => expect(Math.abs(p - (answers[row] as number))).toBeLessThan(1e-5));
  expect(Math.max(...answers) - Math.min(...answers)).toBeGreaterThan(0.5);
});

test("in a worker thread it is the same model, and tells every epoch", async () => {
  const shares = new Set<number>();
  const params = { ...PARAMS, epochs: 5 };
  const options = {
    family: "neural_network",
    params,
    seed: 3,
    signal: new AbortController().signal,
  };
  const [one, two] = await Promise.all(
    [1, 2].map((jobs) =>
      fitClassifier(TABLE, { ...options, jobs, onProgress: (share) => shares.add(share) }),
    ),
  );
  expect(two).toEqual(one);
  expect(shares).toEqual(new Set([0.2, 0.4, 0.6, 0.8, 1]));
});

test("a pattern that no line can follow is learnt", async () => {
  const data = Array.from({ length: 64 }, (_, row) => [row & 7, row >> 3]).flat();
  const table: RandomTable = {
    x: { data: Float64Array.from(data), rows: 64, cols: 2 },
    features: [
      { kind: "numeric", name: "a" },
      { kind: "numeric", name: "b" },
    ],
    labels: Uint8Array.from({ length: 64 }, (_, row) => (row ^ (row >> 3)) & 1),
  };
  const { model } = await fit(table, {
    epochs: 150,
    dropout: 0,
    learning_rate: 0.01,
    validation_share: 0,
  });
  const answers = predictProbabilities(model, table.x);
  expect(answers.every((p, row) => p >= 0.5 === (table.labels[row] === 1))).toBe(true);
});

test("columns without a value leave the share of the class", async () => {
  const { labels } = TABLE;
  const x = { data: new Float64Array(400).fill(NaN), rows: 400, cols: 1 };
  const { model } = await fit({ x, features: [{ kind: "numeric", name: "a" }], labels });
  const share = labels.reduce((sum, label) => sum + label, 0) / 400;
  expect(predictProbabilities(model, x)[0]).toBeCloseTo(share, 12);
});

test.each<[string, object, RegExp[]]>([
  ["an end by patience", { epochs: 400, early_stopping: 1 }, []],
  ["an end by epochs", { epochs: 2 }, [/not done after 2 epochs: raise epochs$/]],
  ["no early stopping", { epochs: 2, early_stopping: null }, []],
  ["a share of nothing", { epochs: 2, validation_share: 0.001 }, [/trained for all 2 epochs$/]],
])("notes on %s", async (_, params, wanted) => {
  const { notes } = await fit(TABLE, params);
  expect(notes).toEqual(wanted.map((pattern) => expect.stringMatching(pattern)));
});

test("a network that would not fit into memory is refused before TensorFlow is asked", async () => {
  for (const params of [
    { hidden_layer_sizes: "3000-3000-3000" },
    { hidden_layer_sizes: "50000", batch_size: 400 },
  ]) {
    await expect(fit(TABLE, params)).rejects.toMatchObject({ code: "TRAINER_NETWORK_TOO_LARGE" });
  }
  await expect(fit(TABLE, { hidden_layer_sizes: "64,32" })).rejects.toMatchObject({
    code: "TRAINER_BAD_LAYER_SIZES",
  });
});

/** Tells which files of TensorFlow are loaded: at first, after a fit of another family, after a network's. */
const TELL_LOADED = `
  import { createRequire } from "node:module";
  const [registry, settings, entity] = process.argv.slice(1);
  const { FAMILIES } = await import(registry);
  const { SeededRandom } = await import(entity);
  const { cache } = createRequire(registry);
  const loaded = () => Object.keys(cache).filter((file) => file.includes("tensorflow")).length;
  const told = [loaded()];
  const training = {
    x: { data: Float64Array.of(0, 1, 2, 3), rows: 4, cols: 1 },
    features: [{ kind: "numeric", name: "a" }],
    targets: { sum: Float64Array.of(0, 1, 1, 0), weight: Float64Array.of(1, 1, 1, 1) },
    weightUnit: 1,
  };
  const context = { random: new SeededRandom(1), threads: 1, onMember() {} };
  const params = { C: 1, max_iter: 9, standardize: true, ...JSON.parse(settings) };
  for (const name of ["logistic_regression", "neural_network"]) {
    await FAMILIES.find((family) => family.name === name).fit(training, params, context);
    told.push(loaded());
  }
  console.log(JSON.stringify(told));
`;

test("nothing of TensorFlow is loaded before a network is fitted, and nothing is printed then", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    TELL_LOADED,
    new URL("../../../dist/families/registry.js", import.meta.url).href,
    JSON.stringify(PARAMS),
    new URL("../../../../entity/dist/index.js", import.meta.url).href,
  ]);
  expect(stderr).toBe("");
  const [atFirst, afterAnother, afterNetwork] = JSON.parse(stdout) as number[];
  expect([atFirst, afterAnother]).toEqual([0, 0]);
  expect(afterNetwork).toBeGreaterThan(2);
});
