import type { Severity } from "@gillnet/entity";

export type FindingCode =
  | "ALL_MISSING"
  | "CLASS_IMBALANCE"
  | "CLASS_TOO_SMALL"
  | "COLUMN_DECIDES_CLASS"
  | "CONSTANT_COLUMN"
  | "DRIFTED_COLUMNS"
  | "DUPLICATE_ROWS"
  | "IDENTIFIER_LIKE"
  | "LABEL_CONFLICTS"
  | "LEAKED_TEST_ROWS"
  | "MISSING_CELLS"
  | "MISSING_SHARE"
  | "ONE_CLASS"
  | "OUT_OF_RANGE"
  | "REJECTED_ROWS"
  | "TOO_FEW_ROWS"
  | "UNSEEN_CATEGORY"
  | "VALUE_DECIDES_CLASS"
  | "VALUE_NOT_ALLOWED";

/** One row of the table of findings: how grave it is, what it means, what to do about it. */
export interface FindingEntry {
  readonly severity: Severity;
  readonly meaning: string;
  readonly remedy: string;
}

/** Everything that validation can find, in alphabetical order; an error stops the run. */
export const validationFindings: Readonly<Record<FindingCode, FindingEntry>> = {
  ALL_MISSING: {
    severity: "error",
    meaning: "A feature has no value in the training part: no model can learn from it",
    remedy: "List the column under ignored in the schema, or find out why its values are gone",
  },
  CLASS_IMBALANCE: {
    severity: "warning",
    meaning: "One class is rare: accuracy says little, and its own scores are uncertain",
    remedy: "Read recall and precision instead of accuracy; add rows of the rare class if you can",
  },
  CLASS_TOO_SMALL: {
    severity: "error",
    meaning: "A class has fewer rows than validation.minimum_class_rows",
    remedy: "Add rows of this class, or check the label's values in the schema",
  },
  COLUMN_DECIDES_CLASS: {
    severity: "warning",
    meaning:
      "One feature alone tells the classes apart without an error: often the label in disguise",
    remedy: "List the column under ignored if it is known only after the fact",
  },
  CONSTANT_COLUMN: {
    severity: "warning",
    meaning: "A feature has one value only: nothing can be learnt from it",
    remedy: "List the column under ignored in the schema, or find out why it does not vary",
  },
  DRIFTED_COLUMNS: {
    severity: "warning",
    meaning:
      "Features are distributed otherwise in test than in train, by more than chance (an error if validation.drift.fail)",
    remedy:
      "Look at drift_report/report.yaml; find out what the groups of the split have to do with these columns",
  },
  DUPLICATE_ROWS: {
    severity: "note",
    meaning: "Rows repeat earlier rows, features and label alike",
    remedy: "Nothing, as long as the split is by vector or by group",
  },
  IDENTIFIER_LIKE: {
    severity: "warning",
    meaning:
      "A categorical feature has hardly a value twice: a name or number of the row, not a property",
    remedy: "Declare it as the schema's id, or list it under ignored",
  },
  LABEL_CONFLICTS: {
    severity: "note",
    meaning:
      "Rows with the same features belong to different classes: no model can be right on all",
    remedy: "Nothing, or correct the labels; the figure is the bound that no model can pass",
  },
  LEAKED_TEST_ROWS: {
    severity: "warning",
    meaning: "Test rows have their feature vector in the training part: test scores flatter",
    remedy: "Set ingestion.split.by to auto, vector or group",
  },
  MISSING_CELLS: {
    severity: "note",
    meaning: "Features have missing cells",
    remedy: "Nothing: they are imputed, or left to the model, as transformation.imputer says",
  },
  MISSING_SHARE: {
    severity: "error",
    meaning: "A feature is missing in more rows than validation.maximum_missing_share allows",
    remedy: "List the column under ignored, or raise the bound if so few values are meant",
  },
  ONE_CLASS: {
    severity: "error",
    meaning: "The training or the test part has no row of one of the classes",
    remedy: "Add rows of this class, or check the label's values in the schema",
  },
  OUT_OF_RANGE: {
    severity: "error",
    meaning: "Cells lie outside the bounds that the schema declares",
    remedy: "Correct the rows that invalid/rows.csv lists, or the schema's minimum and maximum",
  },
  REJECTED_ROWS: {
    severity: "warning",
    meaning: "Rows of the source could not be used and were set aside by ingestion",
    remedy: "Look at ingestion's rejected/rows.csv; correct the source if the rows matter",
  },
  TOO_FEW_ROWS: {
    severity: "error",
    meaning: "The table has fewer rows than validation.minimum_rows",
    remedy: "Add rows; with so few, no score means much",
  },
  UNSEEN_CATEGORY: {
    severity: "note",
    meaning: "Test rows have categories that the training part has not: they read as missing",
    remedy: "Nothing, or declare the column as numeric or ignored if its values never repeat",
  },
  VALUE_DECIDES_CLASS: {
    severity: "warning",
    meaning:
      "A value occurs on a notable share of rows, all of one class: a model takes it as proof",
    remedy:
      "Make sure that this holds where the model will be used, else list the column under ignored",
  },
  VALUE_NOT_ALLOWED: {
    severity: "error",
    meaning: "Cells hold values that are not among those that the schema allows",
    remedy: "Correct the rows that invalid/rows.csv lists, or the schema's values",
  },
};
