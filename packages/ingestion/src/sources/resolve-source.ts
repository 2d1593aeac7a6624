import { PipelineError } from "@gillnet/entity";
import type { DatasetSchema } from "@gillnet/entity";

import type { SourceParams } from "../params.ts";
import { resolveAuto } from "./auto.ts";
import { resolveFile } from "./file-source.ts";
import { resolveMongodb } from "./mongodb.ts";
import type { ResolvedSource, SourceEnvironment } from "./source.ts";
import { resolveSynthetic } from "./synthetic.ts";
import { resolveUci } from "./uci.ts";

/**
 * Settles where the rows come from, with the hash of their content, before any stage runs. `auto` is
 * decided here; a UCI table that is not in the cache is downloaded here; the columns that `schema` declares are
 * read from MongoDB here, for their hash.
 *
 * @throws PipelineError INGESTION_SOURCE_PARAMS, INGESTION_SOURCE_NOT_FOUND, INGESTION_NETWORK_BAD,
 *   INGESTION_UCI_DOWNLOAD (not with `auto`), INGESTION_UCI_FINGERPRINT, INGESTION_MONGODB_...; TABLE_... when a cached UCI table
 *   cannot be read. The signal's reason when it is aborted.
 */
export async function resolveSource(
  source: SourceParams,
  schema: DatasetSchema,
  environment: SourceEnvironment,
): Promise<ResolvedSource> {
  if (source.kind === "auto") return resolveAuto(source, schema, environment);
  if (source.kind === "mongodb") return resolveMongodb(source.mongodb, schema, environment);
  if (source.kind === "synthetic") return resolveSynthetic(source.synthetic, environment);
  if (source.kind !== "uci") return resolveFile(source.kind, source, environment);
  if (source.uci === undefined) {
    throw new PipelineError(
      "INGESTION_SOURCE_PARAMS",
      "source.uci is missing, and source.kind uci needs it",
      { hint: "Add source.uci with the dataset's id, name and fingerprint" },
    );
  }
  return resolveUci(source.uci, environment);
}
