import type { BSON, Collection, MongoClient } from "mongodb";

import { badUrl, explainMongodbError } from "./explain-mongodb-error.ts";
import type { MongodbTarget } from "./mongodb-target.ts";

/** How long to look for a server that answers. */
const SELECTION_TIMEOUT_MS = 5000;
/** A server that says nothing for so long in the middle of an answer is gone. */
const SILENCE_TIMEOUT_MS = 60_000;

/** A collection to work on, with the `BSON` of the driver that is connected to it. */
export interface OpenCollection {
  readonly client: MongoClient;
  readonly collection: Collection;
  readonly bson: typeof BSON;
}

/**
 * Connects, does `work` on the collection, and disconnects, whatever happens. `work` heeds the signal itself.
 *
 * @throws PipelineError INGESTION_MONGODB_URL, INGESTION_MONGODB_UNREACHABLE, INGESTION_MONGODB_DENIED,
 *   INGESTION_MONGODB_REFUSED; what `work` throws; the signal's reason when it is aborted.
 */
export async function withCollection<T>(
  target: MongodbTarget,
  signal: AbortSignal,
  work: (open: OpenCollection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  checkCredentials(target.url);
  // Loaded only here: most runs never touch MongoDB, and the driver takes a fifth of a second.
  const driver = await import("mongodb");
  let client: MongoClient | undefined;
  try {
    client = new driver.MongoClient(target.url, {
      appName: "gillnet",
      serverSelectionTimeoutMS: SELECTION_TIMEOUT_MS,
      connectTimeoutMS: SELECTION_TIMEOUT_MS,
      socketTimeoutMS: SILENCE_TIMEOUT_MS,
    });
    await untilAborted(client.connect(), signal);
  } catch (error) {
    await client?.close();
    signal.throwIfAborted();
    throw explainMongodbError(error, { target, hosts: hostsOf(client) });
  }
  try {
    const collection = client.db(target.database).collection(target.collection);
    return await work({ client, collection, bson: driver.BSON });
  } catch (error) {
    signal.throwIfAborted();
    // What `work` itself has to say is its own affair.
    if (!/^(?:Mongo|BSON)/.test((error as Error).name)) throw error;
    throw explainMongodbError(error, { target, hosts: hostsOf(client) });
  } finally {
    await client.close();
  }
}

/**
 * A password that holds an @ or a slash as it is would end up, in part, as the name of a host: in look-ups
 * on the network and in messages.
 */
function checkCredentials(url: string): void {
  const [, login] = /^[^:]*:\/\/(.*)@/s.exec(url) ?? [];
  if (login !== undefined && /[@/?#[\]]|:.*:/s.test(login)) {
    throw badUrl("holds a character before the host that has to be written in percent form");
  }
}

function hostsOf(client: MongoClient | undefined): string | undefined {
  if (client === undefined) return undefined;
  const { srvHost, hosts } = client.options;
  return srvHost ?? hosts.map(String).join(", ");
}

/** Settles as `work` does, or rejects as soon as the signal is aborted. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
