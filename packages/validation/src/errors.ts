import type { ErrorCodeTable } from "@gillnet/entity";

/** The error codes of validation, in alphabetical order. What is wrong with the data is a finding, not an error. */
export const validationErrors: ErrorCodeTable = {
  VALIDATION_INPUT_BAD: {
    meaning: "An ingested file holds a row whose label belongs to neither class of the schema",
    remedy: "Run ingestion again: it takes such rows out, so its files were changed since",
  },
};
