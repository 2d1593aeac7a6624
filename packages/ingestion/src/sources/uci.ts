import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

import { isPipelineError, PipelineError } from "@gillnet/entity";
import { sha256File } from "@gillnet/entity/node";

import type { UciDataset } from "../params.ts";
import { fingerprintFile } from "./read-file.ts";
import type { FileContent, ResolvedSource, SourceEnvironment } from "./source.ts";

const REPOSITORY = "https://archive.ics.uci.edu";

const MEGABYTE = 1024 * 1024;

/** How to download. */
export interface DownloadOptions {
  /** For everything from the first look-up of the host to the last byte; 60,000 when absent. */
  readonly timeoutMs?: number;
  /** Of the table; 64 MB when absent. */
  readonly maximumBytes?: number;
  /** Where the repository is, without a slash at the end. */
  readonly baseUrl?: string;
}

/**
 * Downloads a dataset's table into the cache folder, checks that its content is the declared one, and gives
 * the file's absolute path. Replaces a cached file. The file appears whole or not at all.
 *
 * @throws PipelineError INGESTION_UCI_DOWNLOAD when the table cannot be had in time or is too large;
 *   INGESTION_UCI_FINGERPRINT when its content is another one. The signal's reason when it is aborted.
 */
export async function downloadUci(
  dataset: UciDataset,
  environment: Pick<SourceEnvironment, "cacheFolder" | "fetch" | "signal">,
  options: DownloadOptions = {},
): Promise<string> {
  const { cacheFolder, signal } = environment;
  signal.throwIfAborted();
  const url = `${options.baseUrl ?? REPOSITORY}/static/public/${dataset.id}/data.csv`;
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, `.uci-${dataset.id}-`));
  try {
    const path = join(folder, "data.csv");
    await fetchFile(url, path, environment, options);
    await checkDownload(path, dataset, url, signal);
    const cached = cachedPath(dataset, cacheFolder);
    await rename(path, cached);
    return cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The dataset's table: from the cache if it is there, else downloaded. Either way its content is checked.
 *
 * @throws PipelineError as downloadUci.
 */
export async function resolveUci(
  dataset: UciDataset,
  environment: SourceEnvironment,
  options: DownloadOptions = {},
): Promise<ResolvedSource> {
  const cached = cachedPath(dataset, environment.cacheFolder);
  if (await exists(cached)) await checkFingerprint(cached, dataset, cached, environment.signal);
  else {
    await downloadUci(dataset, environment, options);
    environment.logger.info(
      "source.downloaded",
      `Downloaded the UCI table ${dataset.name} to ${cached}`,
    );
  }
  return {
    description: { kind: "uci", name: `${dataset.name} (UCI ${dataset.id})`, synthetic: false },
    content: contentOf(cached, dataset),
    inputHash: await sha256File(cached),
    notes: [],
  };
}

function cachedPath(dataset: UciDataset, cacheFolder: string): string {
  return join(cacheFolder, `uci-${dataset.id}.csv`);
}

/** The repository serves lower-cased column names. */
function contentOf(path: string, dataset: UciDataset): FileContent {
  return { format: "csv", path, matchCase: false, rename: dataset.rename };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function fetchFile(
  url: string,
  path: string,
  { fetch, signal }: Pick<SourceEnvironment, "fetch" | "signal">,
  { timeoutMs = 60_000, maximumBytes = 64 * MEGABYTE }: DownloadOptions,
): Promise<void> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, timeout]);
  try {
    const response = await fetch(url, {
      signal: either,
      headers: { accept: "text/csv, */*;q=0.1" },
    });
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || response.body === null || type.startsWith("text/html")) {
      await response.body?.cancel();
      throw downloadError(
        url,
        response.ok
          ? "the answer is a web page instead of a table; is there a sign-in page on this network?"
          : `the server answered with status ${response.status}`,
      );
    }
    await pipeline(
      Readable.fromWeb(response.body),
      limitBytes(maximumBytes, () =>
        downloadError(url, `the answer is larger than ${maximumBytes / MEGABYTE} MB`),
      ),
      createWriteStream(path),
      { signal: either },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (isPipelineError(error)) throw error;
    throw downloadError(
      url,
      timeout.aborted ? `it took longer than ${timeoutMs / 1000} s` : reasonOf(error),
      error,
    );
  }
}

/** Lets at most `maximum` bytes through and fails at the next. */
function limitBytes(maximum: number, tooMany: () => Error): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      bytes += chunk.length;
      if (bytes > maximum) done(tooMany());
      else done(null, chunk);
    },
  });
}

/** What a failed fetch says: its own message is only "fetch failed", the cause tells more. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return cause?.message ?? message ?? String(error);
}

function downloadError(url: string, reason: string, cause?: unknown): PipelineError {
  return new PipelineError("INGESTION_UCI_DOWNLOAD", `Could not download ${url}: ${reason}`, {
    hint: "Try again later, or download the file by hand and declare source.kind csv and source.path",
    details: { url },
    cause,
  });
}

/** What cannot be read as a table is a failed download, what can be read must be the declared one. */
async function checkDownload(
  path: string,
  dataset: UciDataset,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await checkFingerprint(path, dataset, url, signal);
  } catch (error) {
    if (isPipelineError(error) && error.code.startsWith("TABLE_")) {
      throw downloadError(url, `the answer is no table: ${error.message}`, error);
    }
    throw error;
  }
}

/** @param origin where the table comes from, for messages. */
async function checkFingerprint(
  path: string,
  dataset: UciDataset,
  origin: string,
  signal: AbortSignal,
): Promise<void> {
  const fingerprint = await fingerprintFile(contentOf(path, dataset), signal);
  if (fingerprint === dataset.fingerprint) return;
  throw new PipelineError(
    "INGESTION_UCI_FINGERPRINT",
    `The table from ${origin} has the content fingerprint ${fingerprint}, and source.uci declares ${dataset.fingerprint}`,
    {
      hint: "Delete the cached file if it was changed by hand; if the repository has a new version, check it and declare its fingerprint",
      details: { origin, found: fingerprint, declared: dataset.fingerprint },
    },
  );
}
