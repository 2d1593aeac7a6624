import { isPipelineError } from "@gillnet/entity";
import type { DatasetSchema } from "@gillnet/entity";

import type { SourceParams } from "../params.ts";
import { resolveFile } from "./file-source.ts";
import { resolveMongodb } from "./mongodb.ts";
import type { ResolvedSource, SourceEnvironment } from "./source.ts";
import { resolveSynthetic } from "./synthetic.ts";
import { resolveUci } from "./uci.ts";

/** Nobody waits long for a network that is not there before the synthetic table steps in. */
const AUTO_TIMEOUT_MS = 8000;

/**
 * Chooses what is at hand: the file of `source.path` if one is named, else MongoDB if a URL names a server,
 * else the UCI table from the cache or the network, else, with a warning, the synthetic table. Only a download
 * that fails leads to the synthetic table: a file that is missing or has another content than declared is an
 * error, and so is a server that does not answer.
 */
export async function resolveAuto(
  source: SourceParams,
  schema: DatasetSchema,
  environment: SourceEnvironment,
): Promise<ResolvedSource> {
  if (source.path !== undefined) {
    const format = source.path.toLowerCase().endsWith(".parquet") ? "parquet" : "csv";
    return resolveFile(format, source, environment);
  }
  if ((source.mongodb.url ?? environment.mongoUrl) !== undefined) {
    return resolveMongodb(source.mongodb, schema, environment);
  }
  return resolveUciOrSynthetic(source, environment);
}

async function resolveUciOrSynthetic(
  source: SourceParams,
  environment: SourceEnvironment,
): Promise<ResolvedSource> {
  let reason = "source.uci declares no dataset";
  if (source.uci !== undefined) {
    try {
      return await resolveUci(source.uci, environment, { timeoutMs: AUTO_TIMEOUT_MS });
    } catch (error) {
      if (!isPipelineError(error) || error.code !== "INGESTION_UCI_DOWNLOAD") throw error;
      reason = error.message;
    }
  }
  const synthetic = await resolveSynthetic(source.synthetic, environment);
  environment.logger.warn(
    "source.synthetic",
    `Using a synthetic table, since there is no real one: ${reason}. Set source.path to a table of your own, or run 'pnpm pipeline data fetch' when the network is back`,
  );
  return synthetic;
}
