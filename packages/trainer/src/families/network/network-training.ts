import type { SeededRandom } from "@gillnet/entity";
import type { NetworkLayer } from "@gillnet/model-bundle";
import type { Rank, Scalar, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-core";

import { DropoutMasks } from "./dropout-masks.ts";
import { matrixProduct } from "./matrix-product.ts";
import { RowFeed } from "./row-feed.ts";
import type { NetworkRows } from "./row-feed.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** What is trained, and how. */
export interface NetworkSettings {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly learningRate: number;
  /** Most distinct rows that TensorFlow gets at a time. */
  readonly batchSize: number;
  /** Share of hidden units that a step leaves out. */
  readonly dropout: number;
  /** Weight of the sum of squares of all weights, biases apart, beside the mean log loss. */
  readonly l2: number;
  /** Most passes over the rows. */
  readonly epochs: number;
  /** Passes without a better loss on the rows held back, after which training ends. */
  readonly patience: number;
  /** What the last layer's bias starts from, in log-odds. */
  readonly initial: number;
}

/** How training went. */
export interface TrainedNetwork {
  readonly layers: readonly NetworkLayer[];
  readonly ending: "patience" | "epochs" | "diverged";
}

/** Weights and biases, layer by layer. */
export type LayerTensors = readonly (readonly [weights: Tensor2D, bias: Tensor1D])[];

/** As Keras; the same on every backend. */
const ADAM_EPSILON = 1e-7;

/**
 * Minimises the weighted mean log loss of a network with rectified hidden layers by Adam (Kingma and Ba 2015).
 *
 * A distinct row of weight w and positive share s costs w * crossentropy(s, p), which is what its copies cost
 * together. Weights start as in Keras (Glorot and Bengio 2010), the last bias at `initial`. With rows held back, the
 * weights of the epoch that has the least loss on them are the result, else those of the last epoch. Weights that are
 * no longer finite end training, and those before count.
 *
 * TensorFlow only computes: every random number comes from `random`, and all memory taken is given back.
 *
 * @param onEpoch called after every epoch with their number
 */
export function trainNetwork(
  tf: TensorFlow,
  rows: NetworkRows,
  settings: NetworkSettings,
  random: SeededRandom,
  onEpoch: (epoch: number) => void,
): TrainedNetwork {
  const sizes = [rows.width, ...settings.hidden, 1];
  const start = initialLayers(sizes, settings.initial, random.fork("weights"));
  const optimizer = tf.train.adam(settings.learningRate, undefined, undefined, ADAM_EPSILON);
  const layers = tf.tidy(() =>
    start.map(({ weights, bias }, layer): [Variable<Rank.R2>, Variable<Rank.R1>] => [
      tf.variable(tf.tensor2d(Float32Array.from(weights), [sizes[layer] as number, bias.length])),
      tf.variable(tf.tensor1d(Float32Array.from(bias))),
    ]),
  );
  const variables: Variable[] = layers.flat();
  const feed = new RowFeed(tf, rows);
  const masks = new DropoutMasks(tf, settings.hidden, settings.dropout, random.fork("dropout"));
  const shuffling = random.fork("batches");
  const order = rows.fitting.slice();
  const batches = Math.ceil(order.length / settings.batchSize);

  let best = start;
  let bestLoss = Infinity;
  let worse = 0;
  try {
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      shuffling.shuffle(order);
      for (let batch = 0; batch < batches; batch++) {
        const from = Math.floor((batch * order.length) / batches);
        const to = Math.floor(((batch + 1) * order.length) / batches);
        tf.tidy(() => {
          const { x, share, weight } = feed.read(order.subarray(from, to));
          const kept = masks.draw(to - from);
          const loss = (): Scalar => {
            const losses = logLosses(tf, logits(tf, layers, x, kept), share);
            return tf.add(tf.mean(tf.mul(losses, weight)), penalty(tf, layers, settings.l2));
          };
          optimizer.minimize(loss, false, variables);
        });
      }
      const now = readLayers(layers);
      onEpoch(epoch);
      if (!allFinite(now)) return { layers: best, ending: "diverged" };
      if (rows.heldBack.length === 0) {
        best = now;
        continue;
      }
      const loss = totalLoss(tf, layers, feed, rows.heldBack, settings.batchSize);
      if (loss < bestLoss) {
        best = now;
        bestLoss = loss;
        worse = 0;
      } else if (++worse >= settings.patience) {
        return { layers: best, ending: "patience" };
      }
    }
    return { layers: best, ending: "epochs" };
  } finally {
    optimizer.dispose();
    for (const variable of variables) variable.dispose();
  }
}

/**
 * The log-odds of each row.
 *
 * @param kept what each hidden layer's outputs are multiplied by; absent at prediction
 */
export function logits(
  tf: TensorFlow,
  layers: LayerTensors,
  x: Tensor2D,
  kept: readonly Tensor2D[] = [],
): Tensor1D {
  let h = x;
  layers.forEach(([weights, bias], layer) => {
    h = tf.add(matrixProduct(tf, h, weights, layer > 0), bias);
    if (layer === layers.length - 1) return;
    h = tf.relu(h);
    const mask = kept[layer];
    if (mask !== undefined) h = tf.mul(h, mask);
  });
  return tf.squeeze(h, [1]);
}

/** The cross-entropy of each row, from its log-odds z: log(1 + e^z) - share * z. */
function logLosses(tf: TensorFlow, z: Tensor1D, share: Tensor1D): Tensor1D {
  return tf.sub(tf.softplus(z), tf.mul(share, z));
}

function penalty(tf: TensorFlow, layers: LayerTensors, l2: number): Scalar {
  return tf.mul(l2, tf.addN(layers.map(([weights]) => tf.sum(tf.square(weights)))));
}

/** Sum over the rows of weight * loss. */
function totalLoss(
  tf: TensorFlow,
  layers: LayerTensors,
  feed: RowFeed,
  rows: Int32Array,
  batchSize: number,
): number {
  let total = 0;
  for (let from = 0; from < rows.length; from += batchSize) {
    const part = rows.subarray(from, from + batchSize);
    total += tf.tidy(() => {
      const { x, share, weight } = feed.read(part);
      const losses = logLosses(tf, logits(tf, layers, x), share);
      return tf.sum(tf.mul(losses, weight)).dataSync()[0] as number;
    });
  }
  return total;
}

/** Glorot's uniform weights, as single-precision numbers; biases 0, but for the last. */
export function initialLayers(
  sizes: readonly number[],
  initial: number,
  random: SeededRandom,
): readonly NetworkLayer[] {
  return sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer] as number;
    const bound = Math.sqrt(6 / (inputs + outputs));
    const weights = new Float64Array(inputs * outputs);
    for (let i = 0; i < weights.length; i++) {
      weights[i] = Math.fround(bound * (2 * random.uniform() - 1));
    }
    const isLast = layer === sizes.length - 2;
    return { weights, bias: new Float64Array(outputs).fill(isLast ? Math.fround(initial) : 0) };
  });
}

function readLayers(layers: LayerTensors): readonly NetworkLayer[] {
  return layers.map(([weights, bias]) => ({
    weights: Float64Array.from(weights.dataSync()),
    bias: Float64Array.from(bias.dataSync()),
  }));
}

function allFinite(layers: readonly NetworkLayer[]): boolean {
  return layers.every(
    ({ weights, bias }) => weights.every(Number.isFinite) && bias.every(Number.isFinite),
  );
}
