import { PipelineError } from "@gillnet/entity";

import type { MongodbParams } from "../params.ts";

/** A collection on a server. */
export interface MongodbTarget {
  /** Secret, for it may hold a password: it stands in no message, artifact or log. */
  readonly url: string;
  readonly database: string;
  readonly collection: string;
}

/**
 * The collection that `source.mongodb` names, on the server of its own URL or else of the environment's.
 *
 * @throws PipelineError INGESTION_SOURCE_PARAMS when there is no URL.
 */
export function targetOf(params: MongodbParams, mongoUrl: string | undefined): MongodbTarget {
  const url = params.url ?? mongoUrl;
  if (url === undefined) {
    throw new PipelineError(
      "INGESTION_SOURCE_PARAMS",
      "No URL of a MongoDB server is set, and source.kind mongodb needs one",
      {
        hint: "Set MONGODB_URL in the environment or in the file .env beside pipeline.yaml, like mongodb://host:27017, with user:password@ before the host where it wants them",
      },
    );
  }
  const { database, collection } = params;
  return { url, database, collection };
}

/** "gillnet.rows", as MongoDB itself writes it. */
export function nameOf({ database, collection }: Omit<MongodbTarget, "url">): string {
  return `${database}.${collection}`;
}
