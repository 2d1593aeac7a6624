import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Logger } from "@gillnet/entity";

import type { MongodbParams, SourceParams } from "../../src/params.ts";
import type { SourceEnvironment } from "../../src/sources/source.ts";

/** Params of the parts of a source that most tests leave as they are. */
export const sourceDefaults: Pick<SourceParams, "synthetic"> & { readonly mongodb: MongodbParams } =
  {
    mongodb: { database: "gillnet", collection: "rows", query: {} },
    synthetic: { rows: 100, certainty: 0.4 },
  };

/** A logger that keeps its lines: "warn source.synthetic: Using ...". */
export function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const at =
    (level: string) =>
    (event: string, message: string): void => {
      lines.push(`${level} ${event}: ${message}`);
    };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn") };
}

/** Runs `body` in a folder of its own, which is gone afterwards. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "gillnet-ingestion-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `body` while a server on this machine answers with `listener`. */
export async function withServer<T>(
  listener: RequestListener,
  body: (baseUrl: string) => Promise<T>,
): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Fetch for which `baseUrl` stands for the UCI repository. */
export function fetchFrom(baseUrl: string): typeof globalThis.fetch {
  return (url, init) =>
    fetch((url as string).replace("https://archive.ics.uci.edu", baseUrl), init);
}

/** Fetch for tests in which nothing may be asked of the network. */
export const noFetch: typeof globalThis.fetch = (url) => {
  throw new Error(`Unexpected request for ${url as string}`);
};

export function environmentIn(
  folder: string,
  changes: Partial<SourceEnvironment> = {},
): SourceEnvironment & { readonly logger: ReturnType<typeof recordingLogger> } {
  return {
    baseFolder: folder,
    cacheFolder: join(folder, "cache"),
    mongoUrl: undefined,
    fetch: noFetch,
    signal: new AbortController().signal,
    ...changes,
    logger: recordingLogger(),
  };
}
