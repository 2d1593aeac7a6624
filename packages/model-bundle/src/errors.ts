import type { ErrorCodeTable } from "@gillnet/entity";

/** Every code that this package throws. */
export const bundleErrors: ErrorCodeTable = {
  BUNDLE_CHECKSUM: {
    meaning: "The CRC-32 of the file is not the one that it states: bytes were changed on the way",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_HEADER_CANONICAL: {
    meaning:
      "The header is JSON, but not in its one canonical text (sorted keys, each once; no white space; shortest numbers; no -0)",
    remedy: "Write bundles with encodeBundle, or follow docs/bundle-format.md",
  },
  BUNDLE_HEADER_JSON: {
    meaning: "The header is not JSON",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_HEADER_LENGTH: {
    meaning: "The header claims more bytes than the file has",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_HEADER_MEMBER: {
    meaning:
      "A member of the header is missing, unknown, of the wrong type or nested too deep; the message names it",
    remedy: "Publish the model again, or update Gillnet if a newer version wrote it",
  },
  BUNDLE_HEADER_TEXT: {
    meaning: "The header is not UTF-8 text",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_HEADER_TOO_LARGE: {
    meaning: "The header is larger than the limit (16 MiB unless the caller says otherwise)",
    remedy: "Leave columns with very many categories out of the model, or raise the limit",
  },
  BUNDLE_IMPUTER_INVALID: {
    meaning:
      "The imputer's parts do not fit together or hold values that cannot be: columns, donors, counts, means",
    remedy: "Publish the model again; report it if the pipeline wrote this bundle",
  },
  BUNDLE_INPUTS_INVALID: {
    meaning:
      "The input columns, missing markers or classes contradict themselves: a name twice, unsorted categories, an empty range, equal classes",
    remedy: "Correct the dataset schema and run the pipeline again",
  },
  BUNDLE_KIND: {
    meaning:
      "The file is a `preprocessing` file where a `model.bundle` was expected, or the reverse",
    remedy: "Give the other file",
  },
  BUNDLE_MAGIC: {
    meaning: "The file does not begin as a bundle does",
    remedy:
      "Give the `model.bundle` of a published version; check that it was transferred in binary mode",
  },
  BUNDLE_MANIFEST_BAD: {
    meaning: "`manifest.json` is not JSON, or a member is missing or wrong; the message names it",
    remedy: "Publish the version again, or roll back to one that is whole",
  },
  BUNDLE_MODEL_INVALID: {
    meaning:
      "The model could loop, read outside its arrays or give no probability: a child before its parent, an unknown column, a value outside 0 to 1, lengths that differ, weights whose sums overflow, a member that has members",
    remedy: "Publish the model again; report it if the pipeline wrote this bundle",
  },
  BUNDLE_PADDING: {
    meaning: "A byte that must be 0 is not",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_PROFILE_INVALID: {
    meaning:
      "The training profile does not describe the input columns, or holds numbers that cannot be",
    remedy: "Publish the model again; report it if the pipeline wrote this bundle",
  },
  BUNDLE_TABLE_COLUMN: {
    meaning: "A table to encode lacks an input column, or has it as the other kind",
    remedy: "Read the table with the layout of the same dataset schema",
  },
  BUNDLE_TENSOR_DTYPE: {
    meaning: "A tensor has an element type that the format does not know",
    remedy: "Update Gillnet if a newer version wrote the file; else get it again",
  },
  BUNDLE_TENSOR_FORM: {
    meaning:
      "A tensor is stored in another form than the one that docs/bundle-format.md prescribes for its values",
    remedy: "Write bundles with encodeBundle, or follow docs/bundle-format.md",
  },
  BUNDLE_TENSOR_HOLE: {
    meaning: "A tensor starts later than it must: bytes lie unused before it",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TENSOR_LENGTH: {
    meaning: "A tensor's length in bytes is not what its shape and element type ask for",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TENSOR_MISSING: {
    meaning: "A tensor that the model needs is not in the file",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TENSOR_NAME: {
    meaning: "Tensors are not listed in the order of their names, or one name is there twice",
    remedy: "Write bundles with encodeBundle, or follow docs/bundle-format.md",
  },
  BUNDLE_TENSOR_OUT_OF_BOUNDS: {
    meaning: "A tensor ends behind the end of the file",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TENSOR_OVERLAP: {
    meaning: "A tensor starts inside the one before it",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TENSOR_SHAPE: {
    meaning: "A tensor's shape is not allowed, or not the one that its place in the model asks for",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TENSOR_UNKNOWN: {
    meaning: "The file holds a tensor that its model has no use for",
    remedy: "Update Gillnet if a newer version wrote the file; else get it again",
  },
  BUNDLE_TENSOR_VALUE: {
    meaning:
      "A tensor holds a value that cannot stand there: a NaN with foreign bits, an index past its table, a table that does not ascend",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_THRESHOLD_INVALID: {
    meaning: "The decision threshold is not a probability from 0 to 1",
    remedy: "Publish the model again with a threshold from 0 to 1",
  },
  BUNDLE_TOO_LARGE: {
    meaning:
      "The file, or what it unpacks into, is larger than the limit (1 GiB and 4 GiB unless the caller says otherwise)",
    remedy: "Train a smaller model (fewer or shallower trees), or raise the limit",
  },
  BUNDLE_TOO_SHORT: {
    meaning: "The file is shorter than the fixed part that every bundle has",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TRAILING_BYTES: {
    meaning: "Bytes follow the end of the bundle",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_TRUNCATED: {
    meaning: "The file ends before the bundle does",
    remedy: "Get the file again from where it was published",
  },
  BUNDLE_VERSION: {
    meaning: "The file is written in a format version that this version of Gillnet does not read",
    remedy: "Update Gillnet, or publish the model again with this version",
  },
};
