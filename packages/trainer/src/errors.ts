import type { ErrorCodeTable } from "@gillnet/entity";

/** The error codes of the trainer, in alphabetical order. */
export const trainerErrors: ErrorCodeTable = {
  TRAINER_BAD_CONSTRAINT: {
    meaning: "A monotonic constraint names no numeric column.",
    remedy: "Name a numeric feature of the schema, or leave the constraint out.",
  },
  TRAINER_BAD_FEATURE: {
    meaning: "A feature is infinite, or no code of its column's categories.",
    remedy: "Correct the row that the message names, or have validation reject it.",
  },
  TRAINER_BAD_LABEL: {
    meaning: "A label is neither 0 nor 1 after transformation.",
    remedy: "Correct the row that the message names, then run from transformation again.",
  },
  TRAINER_BAD_LAYER_SIZES: {
    meaning: "The hidden layers of a neural network are not written as sizes joined by hyphens.",
    remedy: 'Write the units of one to eight layers: "64-32", or "64".',
  },
  TRAINER_BAD_MASK_GROUP: {
    meaning:
      "A group of trainer.mask_groups names a column that is no feature, or that another group has.",
    remedy: "Name each feature of the schema in one group at most.",
  },
  TRAINER_BAD_WEIGHT: {
    meaning: "A row's weight is not a finite number above 0.",
    remedy: "Correct the weight column; a row that should not count must be left out.",
  },
  TRAINER_EMPTY_COLUMN: {
    meaning: "A column has no value in any row of the training part.",
    remedy: "List the column under ignored in the schema, or find out why its values are gone.",
  },
  TRAINER_FOLD_WITHOUT_CLASS: {
    meaning: "A class occurs in so few groups that a fold of the cross-validation has none of it.",
    remedy: "Lower trainer.folds, or bring more rows of that class.",
  },
  TRAINER_NETWORK_TOO_LARGE: {
    meaning: "A neural network's weights, or a batch of its inputs, would not fit into memory.",
    remedy:
      "Lower hidden_layer_sizes or batch_size, or leave out categorical columns with very many categories.",
  },
  TRAINER_NO_FAMILY: {
    meaning: "Every family of models is left out, so there is nothing to train.",
    remedy: "Give at least one family of trainer.families a grid.",
  },
  TRAINER_NO_ROWS: {
    meaning: "The training or the test part has no rows.",
    remedy: "Check the source, and the share of rows that the split leaves to each part.",
  },
  TRAINER_ONE_CLASS: {
    meaning: "All rows of the training or the test part belong to one class.",
    remedy: "Check which label values count as positive in the schema, and how the rows are split.",
  },
  TRAINER_OUT_OF_MEMORY: {
    meaning: "A fit would take more memory than the 4 GiB it can have, or than the machine has.",
    remedy: "Train on a sample of the rows, or on fewer columns.",
  },
  TRAINER_PARAM_MISSING: {
    meaning: "A parameter without a single default is not given.",
    remedy: "Give the parameter that the message names a value.",
  },
  TRAINER_SAMPLE_TOO_SMALL: {
    meaning:
      "The first round of a halving search has too few groups of rows to score candidates on.",
    remedy: "Lower trainer.search.candidates, or take a random search.",
  },
  TRAINER_SHAPE_MISMATCH: {
    meaning:
      "The files of transformation, or the arrays of a matrix in memory, do not fit together.",
    remedy:
      "Run the transformation stage again; in memory, give one label a row and one feature a column.",
  },
  TRAINER_TENSORFLOW_FAILED: {
    meaning: "TensorFlow.js, which fits neural networks, does not start.",
    remedy: "Install the packages again, or leave out the family neural_network.",
  },
  TRAINER_TOO_FEW_GROUPS: {
    meaning: "Cross-validation is to have more folds than there are groups of rows.",
    remedy: "Lower trainer.folds, or bring more rows.",
  },
  TRAINER_UNKNOWN_FAMILY: {
    meaning: "No family of models has this name.",
    remedy: "Take one of the families that the hint names.",
  },
  TRAINER_UNKNOWN_PARAM: {
    meaning: "The family has no parameter of this name.",
    remedy: "Take one of the parameters that the hint names.",
  },
  TRAINER_WORKER_FAILED: {
    meaning: "A worker thread of the trainer ended before its work was done.",
    remedy: "With little memory, lower --jobs or the size of the search.",
  },
};
