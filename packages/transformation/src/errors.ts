import type { ErrorCodeTable } from "@gillnet/entity";

/** The error codes of transformation, in alphabetical order. */
export const transformationErrors: ErrorCodeTable = {
  TRANSFORMATION_INPUT_BAD: {
    meaning: "An ingested file holds a row whose label belongs to neither class of the schema",
    remedy: "Run ingestion again: it takes such rows out, so its files were changed since",
  },
};
