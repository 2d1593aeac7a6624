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
  TRAINER_PARAM_MISSING: {
    meaning: "A parameter without a single default is not given.",
    remedy: "Give the parameter that the message names a value.",
  },
  TRAINER_SHAPE_MISMATCH: {
    meaning: "The files of transformation, or the arrays of a fit, do not fit together.",
    remedy: "Run the transformation stage again, or correct the lengths that the message names.",
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
