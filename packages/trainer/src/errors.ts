import type { ErrorCodeTable } from "@gillnet/entity";

/** The error codes of the trainer, in alphabetical order. */
export const trainerErrors: ErrorCodeTable = {
  TRAINER_BAD_FEATURE: {
    meaning: "A feature is infinite, or no code of its column's categories.",
    remedy: "Correct the row that the message names, or have validation reject it.",
  },
  TRAINER_BAD_LABEL: {
    meaning: "A label is neither 0 nor 1 after transformation.",
    remedy: "Correct the row that the message names, then run from transformation again.",
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
  TRAINER_SHAPE_MISMATCH: {
    meaning:
      "The files of transformation, or the arrays of a matrix in memory, do not fit together.",
    remedy:
      "Run the transformation stage again; in memory, give one label a row and one feature a column.",
  },
  TRAINER_TOO_FEW_GROUPS: {
    meaning: "Cross-validation is to have more folds than there are groups of rows.",
    remedy: "Lower trainer.folds, or bring more rows.",
  },
  TRAINER_WORKER_FAILED: {
    meaning: "A worker thread of the trainer ended before its work was done.",
    remedy: "With little memory, lower --jobs or the size of the search.",
  },
};
