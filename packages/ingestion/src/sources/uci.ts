import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

import { isPipelineError, PipelineError } from "@gillnet/entity";
import { canonicalJson, sha256, sha256File } from "@gillnet/entity/node";

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
  const { cacheFolder, fetch, signal } = environment;
  const { timeoutMs = 60_000, maximumBytes = 64 * MEGABYTE, baseUrl = REPOSITORY } = options;
  signal.throwIfAborted();
  const url = `${baseUrl}/static/public/${dataset.id}/data.csv`;
  const cached = cachedPath(dataset, cacheFolder);
  const fail: FailDownload = (reason, cause) =>
    new PipelineError("INGESTION_UCI_DOWNLOAD", `Could not download ${url}: ${reason}`, {
      hint: `Try again later, or download the file by hand and save it as ${cached}`,
      details: { url },
      cause,
    });
  const timeout = AbortSignal.timeout(timeoutMs);
  const inTime = { signal: AbortSignal.any([signal, timeout]) };
  const explain = (error: unknown): never => {
    signal.throwIfAborted();
    if (isPipelineError(error)) throw error;
    const reason = timeout.aborted ? `it took longer than ${timeoutMs / 1000} s` : reasonOf(error);
    throw fail(reason, error);
  };

  const answer = await fetch(url, { ...inTime, headers: { accept: "text/csv" } }).catch(explain);
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw fail(`the server answered with status ${answer.status}`);
  }
  // Only now, so that nothing is written while there is nothing to write.
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, `.uci-${dataset.id}-`));
  try {
    const path = join(folder, "data.csv");
    const limit = limitBytes(maximumBytes, () =>
      fail(`the answer is larger than ${maximumBytes / MEGABYTE} MB`),
    );
    await pipeline(Readable.fromWeb(answer.body), limit, createWriteStream(path), inTime).catch(
      explain,
    );
    const isPage = answer.headers.get("content-type")?.startsWith("text/html") === true;
    await checkDownload(path, dataset, { url, isPage, signal, fail });
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
    inputHash: sha256(canonicalJson({ file: await sha256File(cached), rename: dataset.rename })),
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

/** Makes the error of a download that came to nothing. */
type FailDownload = (reason: string, cause?: unknown) => PipelineError;

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

/** A failed fetch says only "fetch failed"; its cause tells more, some causes by their code alone. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as {
    readonly message?: string;
    readonly cause?: { readonly message?: string; readonly code?: string };
  };
  return [cause?.message, cause?.code, message].find(Boolean) ?? String(error);
}

/** What is no table at all is a failed download; a table must be the declared one. */
async function checkDownload(
  path: string,
  dataset: UciDataset,
  answer: { url: string; isPage: boolean; signal: AbortSignal; fail: FailDownload },
): Promise<void> {
  try {
    await checkFingerprint(path, dataset, answer.url, answer.signal);
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    if (answer.isPage) {
      throw answer.fail(
        "the answer is a web page; is there a sign-in page on this network?",
        error,
      );
    }
    if (!error.code.startsWith("TABLE_")) throw error;
    throw answer.fail(`the answer is no table: ${error.message}`, error);
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
