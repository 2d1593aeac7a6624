import type { SeededRandom } from "@gillnet/entity";
import type { NetworkLayer } from "@gillnet/model-bundle";
import type { Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs-core";

import type { TensorFlow } from "./tensorflow.ts";

/** Rows as a network reads them, in single precision. */
export interface NetworkRows {
  /** Units of the first layer's input. */
  readonly width: number;
  /** Distinct rows that weights are fitted to. */
  readonly fitting: Int32Array;
  /** Distinct rows that tell when to stop; may be empty. */
  readonly heldBack: Int32Array;
  /** OUT `units`: `width` numbers for each of `rows`. */
  readonly fillUnits: (rows: Int32Array, units: Float32Array) => void;
  /** Share of the positive class, one a distinct row. */
  readonly share: Float64Array;
  /** One a distinct row. */
  readonly weight: Float64Array;
}

export interface NetworkSettings {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly learningRate: number;
  /** Most distinct rows of a step. */
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

/** Rows that are evaluated at a time. */
const EVALUATED_ROWS = 1024;

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
  const variables = tf.tidy(() =>
    start.map(({ weights, bias }, layer): [Variable, Variable] => [
      tf.variable(tf.tensor2d(weights, [sizes[layer] as number, bias.length], "float32")),
      tf.variable(tf.tensor1d(bias, "float32")),
    ]),
  );
  const layers = variables as unknown as LayerTensors;
  const flat = variables.flat();
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
          optimizer.minimize(
            () => {
              const losses = logLosses(tf, logits(tf, layers, x, kept), share);
              const loss = tf.mean(tf.mul(losses, weight)).asScalar();
              return settings.l2 === 0 ? loss : tf.add(loss, penalty(tf, layers, settings.l2));
            },
            false,
            flat,
          );
        });
      }
      const now = readLayers(layers);
      onEpoch(epoch);
      if (!isFinite(now)) return { layers: best, ending: "diverged" };
      if (rows.heldBack.length === 0) {
        best = now;
        continue;
      }
      const loss = totalLoss(tf, layers, feed, rows.heldBack);
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
    for (const variable of flat) variable.dispose();
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
    h = tf.add(tf.matMul(h, weights), bias);
    if (layer === layers.length - 1) return;
    h = tf.relu(h);
    const mask = kept[layer];
    if (mask !== undefined) h = tf.mul(h, mask);
  });
  return h.as1D();
}

/** The cross-entropy of each row, from its log-odds z: log(1 + e^z) - share * z. */
function logLosses(tf: TensorFlow, z: Tensor1D, share: Tensor1D): Tensor1D {
  return tf.sub(tf.softplus(z), tf.mul(share, z));
}

function penalty(tf: TensorFlow, layers: LayerTensors, l2: number): Tensor1D {
  return tf.mul(l2, tf.addN(layers.map(([weights]) => tf.sum(tf.square(weights)))));
}

function totalLoss(
  tf: TensorFlow,
  layers: LayerTensors,
  feed: RowFeed,
  rows: Int32Array,
): number {
  let total = 0;
  for (let from = 0; from < rows.length; from += EVALUATED_ROWS) {
    const part = rows.subarray(from, from + EVALUATED_ROWS);
    total += tf.tidy(() => {
      const { x, share, weight } = feed.read(part);
      const losses = logLosses(tf, logits(tf, layers, x), share);
      return tf.sum(tf.mul(losses, weight)).dataSync()[0] as number;
    });
  }
  return total;
}

/** Makes tensors of rows, through one buffer: a table of any size takes a batch of TensorFlow's memory. */
class RowFeed {
  readonly #tf: TensorFlow;
  readonly #rows: NetworkRows;
  readonly #meanWeight: number;
  #units: Float32Array<ArrayBuffer> = new Float32Array(0);

  constructor(tf: TensorFlow, rows: NetworkRows) {
    this.#tf = tf;
    this.#rows = rows;
    let total = 0;
    for (const row of rows.fitting) total += rows.weight[row] as number;
    this.#meanWeight = total / rows.fitting.length;
  }

  /** Weights are told against the mean one. The tensors hold until the next call, and are the caller's. */
  read(rows: Int32Array): { x: Tensor2D; share: Tensor1D; weight: Tensor1D } {
    const { width, share, weight, fillUnits } = this.#rows;
    const length = rows.length * width;
    if (this.#units.length < length) this.#units = new Float32Array(length);
    const units = this.#units.subarray(0, length);
    fillUnits(rows, units);
    const ofRows = (of: (row: number) => number): Tensor1D =>
      this.#tf.tensor1d(Float32Array.from(rows, of), "float32");
    return {
      x: this.#tf.tensor2d(units, [rows.length, width], "float32"),
      share: ofRows((row) => share[row] as number),
      weight: ofRows((row) => (weight[row] as number) / this.#meanWeight),
    };
  }
}

/**
 * Which hidden units a step keeps. Drawn here, since TensorFlow's dropout draws the same mask at every step when it
 * is given a seed, and from Math.random when it is not.
 */
class DropoutMasks {
  readonly #tf: TensorFlow;
  readonly #hidden: readonly number[];
  readonly #rate: number;
  readonly #random: SeededRandom;

  constructor(tf: TensorFlow, hidden: readonly number[], rate: number, random: SeededRandom) {
    this.#tf = tf;
    this.#hidden = hidden;
    this.#rate = rate;
    this.#random = random;
  }

  /** A matrix a hidden layer: 0 for a unit left out, and for the others what makes up for it. None at rate 0. */
  draw(rows: number): Tensor2D[] {
    if (this.#rate === 0) return [];
    const bound = this.#rate * 2 ** 32;
    const kept = 1 / (1 - this.#rate);
    return this.#hidden.map((width) => {
      const bits = new Uint32Array(rows * width);
      this.#random.fillUint32(bits);
      const mask = Float32Array.from(bits, (each) => (each < bound ? 0 : kept));
      return this.#tf.tensor2d(mask, [rows, width], "float32");
    });
  }
}

/** Glorot's uniform weights, as single-precision numbers; biases 0, but for the last. */
function initialLayers(
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

function isFinite(layers: readonly NetworkLayer[]): boolean {
  return layers.every(
    ({ weights, bias }) => weights.every(Number.isFinite) && bias.every(Number.isFinite),
  );
}
