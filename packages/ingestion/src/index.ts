export { ingestionErrors } from "./errors.ts";
export { contentFingerprint } from "./fingerprint.ts";
export { ingest } from "./ingest.ts";
export { targetOf } from "./mongodb/mongodb-target.ts";
export type { MongodbTarget } from "./mongodb/mongodb-target.ts";
export { pushCsv } from "./mongodb/push-csv.ts";
export type { PushOptions, PushSummary } from "./mongodb/push-csv.ts";
export type {
  IngestionParams,
  MongodbParams,
  SourceParams,
  SyntheticParams,
  UciDataset,
} from "./params.ts";
export { resolveSource } from "./sources/resolve-source.ts";
export type { ResolvedSource, SourceEnvironment } from "./sources/source.ts";
export { downloadUci } from "./sources/uci.ts";
export type { DownloadOptions } from "./sources/uci.ts";
export type { BayesianNetwork, BayesianNode } from "./synthetic/bayesian-network.ts";
export { fitBayesianNetwork } from "./synthetic/fit-bayesian-network.ts";
export type { FitNetworkOptions } from "./synthetic/fit-bayesian-network.ts";
