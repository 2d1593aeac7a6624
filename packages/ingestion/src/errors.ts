import type { ErrorCodeTable } from "@gillnet/entity";

/** Every code that this package throws. */
export const ingestionErrors: ErrorCodeTable = {
  INGESTION_EMPTY: {
    meaning: "The source has no rows that could be used.",
    remedy: "Check the source's file or path, and the rejected rows if there were any.",
  },
  INGESTION_LABEL_UNKNOWN: {
    meaning: "Cells of the label column hold values that the schema gives to neither class.",
    remedy:
      "Add the values to a class in the schema, or leave the values of one class out so that it takes all others.",
  },
  INGESTION_MONGODB_DENIED: {
    meaning: "MongoDB refuses the user or password of the URL, or this user may not read there.",
    remedy:
      "Check the URL in MONGODB_URL and the user's rights; a user of another database needs ?authSource=DATABASE.",
  },
  INGESTION_MONGODB_EMPTY: {
    meaning: "The collection has no documents, or none that fits source.mongodb.query.",
    remedy: "Put a table there with pnpm pipeline push-data FILE, or correct the query.",
  },
  INGESTION_MONGODB_FIELDS: {
    meaning: "A CSV file has columns whose names MongoDB keeps for itself.",
    remedy: "Rename the columns that the message names.",
  },
  INGESTION_MONGODB_NOT_FOUND: {
    meaning: "The database has no collection of this name.",
    remedy:
      "Set source.mongodb.database and source.mongodb.collection; the message names what is there.",
  },
  INGESTION_MONGODB_REFUSED: {
    meaning: "MongoDB answers, but does not do what it is asked to.",
    remedy: "Check source.mongodb: the names and the query. The message holds the server's reason.",
  },
  INGESTION_MONGODB_UNREACHABLE: {
    meaning: "No MongoDB server answers at the URL within five seconds.",
    remedy:
      "Check that the server runs, that the URL in MONGODB_URL names it, and whether it wants TLS; or read another source.",
  },
  INGESTION_MONGODB_URL: {
    meaning: "The URL of MongoDB cannot be understood, or names a file that cannot be read.",
    remedy:
      "Write it like mongodb://user:password@host:27017, with %40 for an @ in the password and so on.",
  },
  INGESTION_NETWORK_BAD: {
    meaning: "A network file for synthetic tables is not what it should be.",
    remedy:
      "Make it again with the fit-network script, or take the one that comes with the package.",
  },
  INGESTION_NETWORK_TABLE: {
    meaning: "A Bayesian network cannot be learnt from this table.",
    remedy: "Name the label column, and leave out columns with more than 64 distinct values.",
  },
  INGESTION_NO_GROUP_COLUMN: {
    meaning: "The split is to be by group, and the schema declares no group column.",
    remedy: "Declare the group column in the schema, or set ingestion.split.by to auto or vector.",
  },
  INGESTION_ONE_CLASS: {
    meaning: "All usable rows belong to one of the two classes.",
    remedy: "Check the label's values in the schema, and that the source holds both classes.",
  },
  INGESTION_RESERVED_COLUMN: {
    meaning: "The schema declares a column with a name that ingestion adds itself.",
    remedy: "Rename the column in the source and in the schema.",
  },
  INGESTION_SOURCE_CHANGED: {
    meaning: "The documents of the source changed between two readings of one run.",
    remedy: "Run again when nothing writes to the collection.",
  },
  INGESTION_SOURCE_NOT_FOUND: {
    meaning: "The file that source.path names is not there, or is not a file.",
    remedy: "Check source.path; it is relative to pipeline.yaml.",
  },
  INGESTION_SOURCE_PARAMS: {
    meaning: "The source is of a kind that needs a setting which is not there.",
    remedy: "Add the setting that the message names.",
  },
  INGESTION_SYNTHETIC_SCHEMA: {
    meaning: "The synthetic table does not have the columns that the schema declares.",
    remedy: "Declare source.kind csv or parquet with source.path, or a network for this schema.",
  },
  INGESTION_TOO_FEW_GROUPS: {
    meaning:
      "A class occurs in fewer than two groups (or rows), so that train or test would lack it.",
    remedy: "Add rows of this class that differ from those that are there.",
  },
  INGESTION_TOO_MANY_REJECTED: {
    meaning: "More rows were rejected than ingestion.rejected allows.",
    remedy: "Correct the rows that the message shows, or raise ingestion.rejected.maximum_share.",
  },
  INGESTION_UCI_DOWNLOAD: {
    meaning: "The table could not be downloaded from the UCI Machine Learning Repository.",
    remedy:
      "Try again later, or download the file by hand and save it in the cache folder under the name that the message tells.",
  },
  INGESTION_UCI_FINGERPRINT: {
    meaning: "A table's content is not the one that source.uci declares.",
    remedy:
      "Delete the cached file if it was changed by hand; if the repository has a new version, check it and declare its fingerprint.",
  },
};
