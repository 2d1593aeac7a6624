import { PipelineError } from "@gillnet/entity";

import { sampledRows } from "../family.ts";
import type { CandidateParams, Family, FitContext, FitResult, TrainingSet } from "../family.ts";
import { holdBackRows } from "./held-back-rows.ts";
import { layerSizes } from "./layer-sizes.ts";
import { fillUnits, networkInputs } from "./network-inputs.ts";
import { trainNetwork } from "./network-training.ts";
import type { TrainedNetwork } from "./network-training.ts";
import type { NetworkRows } from "./row-feed.ts";
import { startTensorFlow } from "./tensorflow.ts";

/**
 * Most weights of a network, and most units of a batch of rows. Adam holds about a dozen numbers a weight: at the bound
 * a fit took 1.7 GB, and WebAssembly has 2.
 */
const MOST_NUMBERS = 2 ** 24;

/**
 * A feed-forward network with rectified hidden layers, trained by Adam on distinct weighted rows with early stopping.
 * TensorFlow.js computes; it is loaded when a fit starts and not before.
 *
 * Inputs are one unit a category or a value, or a number with mean 0 and standard deviation 1; a missing cell is 0 in
 * all of its units.
 */
export const neuralNetwork: Family = {
  name: "neural_network",
  title: "neural network",
  reads: "values",
  paramNames: [
    "hidden_layer_sizes",
    "learning_rate",
    "batch_size",
    "dropout",
    "l2_regularization",
    "epochs",
    "early_stopping",
    "validation_share",
    "class_weight",
  ],
  fit: fitNeuralNetwork,
  effort: (params) => 15 * (params["epochs"] as number),
};

async function fitNeuralNetwork(
  training: TrainingSet,
  params: CandidateParams,
  { random, onMember }: FitContext,
): Promise<FitResult> {
  const { x, features } = training;
  const { sum, weight } = training.targets;
  const hidden = layerSizes(params["hidden_layer_sizes"]);
  const patience = params["early_stopping"] as number | null;
  const share = patience === null ? 0 : (params["validation_share"] as number);
  const epochs = params["epochs"] as number;
  const batchSize = params["batch_size"] as number;
  const drawn = sampledRows(training).targets;
  const { fitting, heldBack } = holdBackRows(drawn, share, random.fork("validation"));
  const taking = Int32Array.from([...fitting, ...heldBack]).sort();
  const inputs = networkInputs(x, features, taking, weight);
  const rows: NetworkRows = {
    width: inputs.unitValue.length,
    fitting,
    heldBack,
    fillUnits: (some, units) => fillUnits(inputs, features, x, some, units),
    share: sum.map((positive, row) => positive / (weight[row] as number)),
    weight,
  };
  const initial = logOdds(sum, weight);
  if (rows.width === 0) {
    // No column has a value: TensorFlow does not multiply matrices without columns.
    const constant = { weights: new Float64Array(0), bias: Float64Array.of(initial) };
    return { model: { kind: "network", ...inputs, layers: [constant] }, notes: [] };
  }
  checkSize([rows.width, ...hidden, 1], Math.min(batchSize, fitting.length));

  const { tf, notes } = await startTensorFlow();
  const settings = {
    hidden,
    learningRate: params["learning_rate"] as number,
    batchSize,
    dropout: params["dropout"] as number,
    l2: params["l2_regularization"] as number,
    epochs,
    patience: patience ?? Infinity,
    initial,
  };
  const { layers, ending } = trainNetwork(tf, rows, settings, random, (epoch) =>
    onMember(epoch, epochs),
  );
  return {
    model: { kind: "network", ...inputs, layers },
    notes: [...notes, ...trainingNotes(ending, share, rows, epochs)],
  };
}

function trainingNotes(
  ending: TrainedNetwork["ending"],
  share: number,
  { heldBack }: NetworkRows,
  epochs: number,
): readonly string[] {
  if (ending === "diverged") {
    return ["The neural network's weights grew without bound: lower learning_rate"];
  }
  if (share > 0 && heldBack.length === 0) {
    return [
      `Too few distinct rows to hold back ${share} of each class: the neural network was trained for all ${epochs} epochs`,
    ];
  }
  if (share > 0 && ending === "epochs") {
    return [
      `The neural network was not done after ${epochs} ${epochs === 1 ? "epoch" : "epochs"}: raise epochs`,
    ];
  }
  return [];
}

/**
 * @param sizes units of each layer, the inputs first
 * @throws PipelineError TRAINER_NETWORK_TOO_LARGE
 */
function checkSize(sizes: readonly number[], batchRows: number): void {
  let weights = 0;
  let units = 0;
  sizes.forEach((size, layer) => {
    weights += size * (sizes[layer + 1] ?? 0);
    units += size * batchRows;
  });
  if (weights <= MOST_NUMBERS && units <= MOST_NUMBERS) return;
  throw new PipelineError(
    "TRAINER_NETWORK_TOO_LARGE",
    `A neural network of ${sizes.join("-")} units has ${weights} weights, and ${units} units in a batch of ${batchRows} rows; ${MOST_NUMBERS} is the most of either`,
    {
      hint: "Lower hidden_layer_sizes or batch_size, or leave out categorical columns with very many categories",
      details: { sizes, batchRows },
    },
  );
}

/** Log-odds of the positive class among all rows. */
function logOdds(sum: Float64Array, weight: Float64Array): number {
  let positive = 0;
  let total = 0;
  for (let row = 0; row < sum.length; row++) {
    positive += sum[row] as number;
    total += weight[row] as number;
  }
  return Math.log(positive / (total - positive));
}
