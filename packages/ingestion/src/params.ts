/** Where the rows come from: the `source` part of pipeline.yaml. */
export interface SourceParams {
  readonly kind: "auto" | "csv" | "parquet" | "mongodb" | "uci" | "synthetic";
  /** Of a file, relative to pipeline.yaml. */
  readonly path?: string;
  readonly mongodb: MongodbParams;
  readonly uci?: UciDataset;
  readonly synthetic: SyntheticParams;
}

/** A collection of MongoDB. */
export interface MongodbParams {
  readonly database: string;
  readonly collection: string;
  /** A filter of MongoDB in extended JSON: { "country": "NL" }. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Of the server; absent: the environment's. */
  readonly url?: string;
}

/** A dataset of the UCI Machine Learning Repository. */
export interface UciDataset {
  readonly id: number;
  readonly name: string;
  /** The `contentFingerprint` that its table must have, over all columns, renamed. */
  readonly fingerprint: string;
  /** Column names as the repository serves them, and what the schema calls them instead. */
  readonly rename: Readonly<Record<string, string>>;
}

export interface SyntheticParams {
  readonly rows: number;
  /** Rows whose label has less than this probability given the rest of the row are drawn again. */
  readonly certainty: number;
  /** A network file, relative to pipeline.yaml; absent: the one that comes with the package. */
  readonly network?: string;
}

/** The `ingestion` part of pipeline.yaml. */
export interface IngestionParams {
  readonly split: {
    readonly by: "auto" | "vector" | "group" | "random";
    readonly test_share: number;
  };
  readonly rejected: {
    readonly policy: "quarantine" | "fail";
    readonly maximum_share: number;
  };
}

export const sourceParamsSchema = {
  type: "object",
  description: "Where the labelled rows come from",
  additionalProperties: false,
  default: {},
  properties: {
    kind: {
      type: "string",
      enum: ["auto", "csv", "parquet", "mongodb", "uci", "synthetic"],
      default: "auto",
      description:
        "auto takes the file of `path` if given, else MongoDB if MONGODB_URL is set, else the UCI table (cached or downloaded), else, offline, the synthetic table",
    },
    path: {
      type: "string",
      minLength: 1,
      description: "The CSV or Parquet file, relative to pipeline.yaml",
    },
    mongodb: {
      type: "object",
      description: "A collection of MongoDB; push-data fills it",
      additionalProperties: false,
      default: {},
      properties: {
        database: {
          type: "string",
          minLength: 1,
          maxLength: 63,
          default: "gillnet",
          description: "Its database; the one in the URL serves for signing in only",
        },
        collection: {
          type: "string",
          minLength: 1,
          default: "rows",
          description: "Its name",
        },
        query: {
          type: "object",
          default: {},
          description:
            "Which documents to read: a filter of MongoDB, with extended JSON for its own types",
        },
        url: {
          type: "string",
          minLength: 1,
          description:
            "The server, as ${VARIABLE}; absent: MONGODB_URL or MONGODB_URL_KEY of the environment",
        },
      },
    },
    uci: {
      type: "object",
      description: "A dataset of the UCI Machine Learning Repository",
      additionalProperties: false,
      required: ["id", "name", "fingerprint"],
      properties: {
        id: { type: "integer", minimum: 1, description: "Its number in the repository" },
        name: { type: "string", minLength: 1, description: "What people call it" },
        fingerprint: {
          type: "string",
          pattern: "^[0-9a-f]{64}$",
          description: "The content fingerprint that the table must have",
        },
        rename: {
          type: "object",
          additionalProperties: { type: "string", minLength: 1 },
          default: {},
          description:
            "Columns that the repository calls otherwise than the schema: its name, our name",
        },
      },
    },
    synthetic: {
      type: "object",
      description: "A table drawn from a Bayesian network, for trying things out without data",
      additionalProperties: false,
      default: {},
      properties: {
        rows: {
          type: "integer",
          minimum: 100,
          maximum: 10_000_000,
          default: 10_000,
          description: "How many rows to draw",
        },
        certainty: {
          type: "number",
          minimum: 0,
          maximum: 0.5,
          default: 0.4,
          description:
            "Rows whose label has less than this probability given the rest of the row are drawn again; 0 keeps all",
        },
        network: {
          type: "string",
          minLength: 1,
          description:
            "A network file, relative to pipeline.yaml, instead of the one that comes along",
        },
      },
    },
  },
} as const;

export const ingestionParamsSchema = {
  type: "object",
  description: "How rows are checked and dealt to train and test",
  additionalProperties: false,
  default: {},
  properties: {
    split: {
      type: "object",
      description: "The train/test split",
      additionalProperties: false,
      default: {},
      properties: {
        by: {
          type: "string",
          enum: ["auto", "vector", "group", "random"],
          default: "auto",
          description:
            "What never straddles train and test: equal feature vectors, or rows sharing the schema's group column or a vector; auto is group if there is such a column, else vector; random parts copies",
        },
        test_share: {
          type: "number",
          minimum: 0.05,
          maximum: 0.5,
          default: 0.2,
          description: "Share of the rows that the test part gets, in each class",
        },
      },
    },
    rejected: {
      type: "object",
      description: "Rows that cannot be read or have no usable label or weight",
      additionalProperties: false,
      default: {},
      properties: {
        policy: {
          type: "string",
          enum: ["quarantine", "fail"],
          default: "quarantine",
          description: "quarantine puts such rows into rejected/rows.csv, fail stops at the first",
        },
        maximum_share: {
          type: "number",
          minimum: 0,
          maximum: 1,
          default: 0.01,
          description: "With quarantine, the share of rejected rows above which the stage stops",
        },
      },
    },
  },
} as const;
