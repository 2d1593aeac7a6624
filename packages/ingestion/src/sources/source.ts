import type { Logger, SourceDescription } from "@gillnet/entity";

import type { MongodbTarget } from "../mongodb/mongodb-target.ts";
import type { BayesianNetwork } from "../synthetic/bayesian-network.ts";

/** What choosing a source may know of the world. */
export interface SourceEnvironment {
  /** Absolute; relative paths of the params start here: the folder of pipeline.yaml. */
  readonly baseFolder: string;
  /** Absolute; where downloads are kept. Made when it is needed. */
  readonly cacheFolder: string;
  /** The URL of a MongoDB server, where the environment has one. Secret. */
  readonly mongoUrl: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** A file of rows. */
export interface FileContent {
  readonly format: "csv" | "parquet";
  /** Absolute. */
  readonly path: string;
  /** False: the file's column names match the schema's whatever their case. */
  readonly matchCase: boolean;
  /** The file's column names that the schema has others for. */
  readonly rename: Readonly<Record<string, string>>;
}

/** Rows that are drawn when they are read. */
export interface SyntheticContent {
  readonly format: "synthetic";
  readonly network: BayesianNetwork;
  readonly rows: number;
  /** Least probability of a row's label given the rest of the row, 0 to 0.5. */
  readonly certainty: number;
}

/** Documents of a collection. */
export interface MongodbContent {
  readonly format: "mongodb";
  readonly target: MongodbTarget;
  /** A filter of MongoDB in extended JSON. */
  readonly query: Readonly<Record<string, unknown>>;
  /** SHA-256 of what is to be read, and of how many documents. */
  readonly hash: string;
  readonly documents: number;
}

/** A source of which it is settled what it is; nothing has been read into memory yet. */
export interface ResolvedSource {
  readonly description: SourceDescription;
  readonly content: FileContent | SyntheticContent | MongodbContent;
  /** SHA-256 of what the rows are made from: equal hashes give equal rows. */
  readonly inputHash: string;
  /** Sentences for people. */
  readonly notes: readonly string[];
}
