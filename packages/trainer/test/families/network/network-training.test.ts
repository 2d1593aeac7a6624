import { SeededRandom } from "@gillnet/entity";
import type { NetworkLayer } from "@gillnet/model-bundle";

import { initialLayers, trainNetwork } from "../../../src/families/network/network-training.ts";
import type {
  NetworkSettings,
  TrainedNetwork,
} from "../../../src/families/network/network-training.ts";
import type { NetworkRows } from "../../../src/families/network/row-feed.ts";
import { startTensorFlow } from "../../../src/families/network/tensorflow.ts";

const WIDTH = 5;
const SETTINGS: NetworkSettings = {
  hidden: [7, 4],
  learningRate: 0.01,
  batchSize: 1000,
  dropout: 0,
  l2: 0.01,
  epochs: 30,
  patience: 5,
  initial: -0.4,
};

const draws = new SeededRandom(3);
const units = Float32Array.from({ length: 90 * WIDTH }, () => 2 * draws.uniform() - 1);
const weight = Float64Array.from({ length: 90 }, () => 0.5 + draws.integer(4));
/** Depends on the first two units; some rows have both labels. */
const share = Float64Array.from({ length: 90 }, (_, row) => {
  const product = (units[row * WIDTH] as number) * (units[row * WIDTH + 1] as number);
  return row % 10 === 0 ? 0.25 : product > 0 ? 1 : 0;
});

function rowsOf(fitting: number, heldBack = 0): NetworkRows {
  return {
    width: WIDTH,
    fitting: Int32Array.from({ length: fitting }, (_, i) => i),
    heldBack: Int32Array.from({ length: heldBack }, (_, i) => fitting + i),
    fillUnits: (rows, target) =>
      rows.forEach((row, at) =>
        target.set(units.subarray(row * WIDTH, (row + 1) * WIDTH), at * WIDTH),
      ),
    share,
    weight,
  };
}

async function train(
  rows: NetworkRows,
  settings: Partial<NetworkSettings> = {},
  onEpoch: (epoch: number) => void = () => {},
): Promise<TrainedNetwork> {
  const { tf } = await startTensorFlow();
  return trainNetwork(tf, rows, { ...SETTINGS, ...settings }, new SeededRandom(6), onEpoch);
}

/** Log-odds of a row, with the outputs of every layer before it. */
function naiveOutputs(layers: readonly NetworkLayer[], row: number): number[][] {
  const outputs = [[...units.subarray(row * WIDTH, (row + 1) * WIDTH)]];
  layers.forEach(({ weights, bias }, layer) => {
    const inputs = outputs[layer] as number[];
    const sums = [...bias].map((b, o) =>
      inputs.reduce((sum, input, i) => sum + input * (weights[i * bias.length + o] as number), b),
    );
    outputs.push(layer === layers.length - 1 ? sums : sums.map((z) => Math.max(0, z)));
  });
  return outputs;
}

function naiveLoss(layers: readonly NetworkLayer[], rows: Int32Array): number {
  return rows.reduce((total, row) => {
    const z = naiveOutputs(layers, row).at(-1)?.[0] as number;
    return total + (weight[row] as number) * (Math.log1p(Math.exp(z)) - (share[row] as number) * z);
  }, 0);
}

/** Steps of Adam on all rows at once, in double precision, the gradient summed row by row. */
function naiveTraining(rows: NetworkRows, settings: NetworkSettings): readonly NetworkLayer[] {
  const sizes = [WIDTH, ...settings.hidden, 1];
  const layers = initialLayers(sizes, settings.initial, new SeededRandom(6).fork("weights"));
  const moments = layers.map(({ weights, bias }) => ({
    weights: [new Float64Array(weights.length), new Float64Array(weights.length)] as const,
    bias: [new Float64Array(bias.length), new Float64Array(bias.length)] as const,
  }));
  const total = rows.fitting.reduce((sum, row) => sum + (weight[row] as number), 0);
  for (let step = 1; step <= settings.epochs; step++) {
    const gradients = layers.map(({ weights, bias }) => ({
      weights: weights.map((w) => 2 * settings.l2 * w),
      bias: new Float64Array(bias.length),
    }));
    for (const row of rows.fitting) {
      const outputs = naiveOutputs(layers, row);
      const z = outputs.at(-1)?.[0] as number;
      const miss = 1 / (1 + Math.exp(-z)) - (share[row] as number);
      let deltas = [((weight[row] as number) / total) * miss];
      for (let layer = layers.length - 1; layer >= 0; layer--) {
        const inputs = outputs[layer] as number[];
        const { weights } = layers[layer] as NetworkLayer;
        const gradient = gradients[layer] as NetworkLayer;
        deltas.forEach((delta, o) => {
          gradient.bias[o] = (gradient.bias[o] as number) + delta;
          inputs.forEach((input, i) => {
            const at = i * deltas.length + o;
            gradient.weights[at] = (gradient.weights[at] as number) + delta * input;
          });
        });
        deltas = inputs.map((input, i) =>
          input <= 0 && layer > 0
            ? 0
            : deltas.reduce((s, d, o) => s + d * (weights[i * deltas.length + o] as number), 0),
        );
      }
    }
    layers.forEach((parameters, layer) => {
      for (const part of ["weights", "bias"] as const) {
        const [m, v] = (moments[layer] as (typeof moments)[number])[part];
        const values = parameters[part];
        (gradients[layer] as NetworkLayer)[part].forEach((g, i) => {
          m[i] = 0.9 * (m[i] as number) + 0.1 * g;
          v[i] = 0.999 * (v[i] as number) + 0.001 * g * g;
          const mean = (m[i] as number) / (1 - 0.9 ** step);
          const square = (v[i] as number) / (1 - 0.999 ** step);
          values[i] =
            (values[i] as number) - (settings.learningRate * mean) / (Math.sqrt(square) + 1e-7);
        });
      }
    });
  }
  return layers;
}

test("thirty steps are those of a naive network in double precision", async () => {
  const rows = rowsOf(90);
  const { layers, ending } = await train(rows);
  expect(ending).toBe("epochs");
  naiveTraining(rows, SETTINGS).forEach((wanted, layer) => {
    for (const part of ["weights", "bias"] as const) {
      const found = (layers[layer] as NetworkLayer)[part];
      expect(found.length).toBe(wanted[part].length);
      wanted[part].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 4));
    }
  });
});

test("it starts from Glorot's bounds and the given odds", () => {
  const [first, last] = initialLayers([300, 20, 1], 1.5, new SeededRandom(1));
  const bound = Math.sqrt(6 / 320);
  expect(Math.max(...(first?.weights ?? []))).toBeLessThanOrEqual(bound);
  expect(Math.max(...(first?.weights ?? []))).toBeGreaterThan(0.99 * bound);
  expect(Math.min(...(first?.weights ?? []))).toBeLessThan(-0.99 * bound);
  expect([...(first?.bias ?? []), ...(last?.bias ?? [])]).toEqual([...new Array(20).fill(0), 1.5]);
});

test("the weights of the best epoch on the rows held back are the result", async () => {
  const rows = rowsOf(60, 30);
  const settings = { epochs: 200, batchSize: 16, learningRate: 0.05, l2: 0 };
  const epochs: number[] = [];
  const { layers, ending } = await train(rows, settings, (epoch) => epochs.push(epoch));
  expect(ending).toBe("patience");
  expect(epochs).toEqual(Array.from(epochs, (_, i) => i + 1));
  const bestEpoch = epochs.length - SETTINGS.patience;

  // Trained on with all patience, no epoch is better, and cut short at the best one it is that one.
  const cut = await train(rows, { ...settings, epochs: bestEpoch });
  expect(cut).toEqual({ layers, ending: "epochs" });
  const before = await train(rows, { ...settings, epochs: bestEpoch - 1 });
  expect(naiveLoss(layers, rows.heldBack)).toBeLessThan(naiveLoss(before.layers, rows.heldBack));
});

test("with nothing held back all epochs are run, and the last one counts", async () => {
  let last = 0;
  const { ending, layers } = await train(rowsOf(90), { epochs: 12 }, (epoch) => (last = epoch));
  expect([ending, last]).toEqual(["epochs", 12]);
  expect((await train(rowsOf(90), { epochs: 11 })).layers).not.toEqual(layers);
});

test("every batch size passes over all rows", async () => {
  for (const batchSize of [1, 7, 89, 90]) {
    const seen: number[] = [];
    const rows = rowsOf(90);
    const watched: NetworkRows = {
      ...rows,
      fillUnits: (some, target) => {
        expect(some.length).toBeLessThanOrEqual(batchSize);
        seen.push(...some);
        rows.fillUnits(some, target);
      },
    };
    await train(watched, { batchSize, epochs: 1 });
    expect(seen.toSorted((a, b) => a - b)).toEqual([...rows.fitting]);
    if (batchSize < 90) expect(seen).not.toEqual([...rows.fitting]);
  }
});

test("dropout changes training, and repeats itself", async () => {
  const once = await train(rowsOf(90), { dropout: 0.3 });
  expect(await train(rowsOf(90), { dropout: 0.3 })).toEqual(once);
  expect(once).not.toEqual(await train(rowsOf(90)));
});

test("weights that overflow end training, and those before count", async () => {
  const { layers, ending } = await train(rowsOf(90), { learningRate: 1e38, epochs: 5 });
  expect(ending).toBe("diverged");
  expect(layers.every(({ weights }) => weights.every(Number.isFinite))).toBe(true);
});

test("all of TensorFlow's memory is given back, also when a fit fails", async () => {
  const { tf } = await startTensorFlow();
  const before = tf.memory().numTensors;
  await train(rowsOf(60, 30), { dropout: 0.1, epochs: 3 });
  const failing: NetworkRows = {
    ...rowsOf(60),
    fillUnits: () => {
      throw new RangeError("no units");
    },
  };
  await expect(train(failing)).rejects.toThrow("no units");
  expect(tf.memory().numTensors).toBe(before);
});
