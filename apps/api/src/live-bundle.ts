import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { isPipelineError } from "@gillnet/model-bundle";
import { apiError } from "./errors.ts";
import type { ApiLogger } from "./logger.ts";
import { loadPublishedVersion, PUBLISHED_FILES } from "./published-version.ts";
import type { PublishedVersion } from "./published-version.ts";

/** Why what live.json names is not what is served. */
export interface LiveProblem {
  readonly code: string;
  readonly message: string;
}

export interface LiveBundleOptions {
  /** Holds `published/`. */
  readonly artifactsFolder: string;
  readonly logger: ApiLogger;
  /** Milliseconds between two looks at live.json; 0: only `refresh` looks. Default 1000. */
  readonly pollMs?: number;
}

/**
 * The published version that requests are answered from. It is read when the server starts and again when
 * live.json names another version or the version's files change; no request reads it.
 *
 * A request takes `current` once and keeps it: versions are swapped whole, between requests. When a
 * version can't be loaded the one before stays, `problem` says why, and the log has a warning.
 */
export class LiveBundle {
  readonly #folder: string;
  readonly #logger: ApiLogger;
  readonly #timer: NodeJS.Timeout | undefined;
  #current: PublishedVersion | null = null;
  #problem: LiveProblem | null = null;
  /** What the files looked like at the last attempt, so that a bad version is tried once, not each second. */
  #attempted = "";
  #refreshing: Promise<void> | null = null;

  private constructor(options: LiveBundleOptions) {
    this.#folder = join(options.artifactsFolder, "published");
    this.#logger = options.logger;
    const pollMs = options.pollMs ?? 1000;
    if (pollMs > 0) {
      this.#timer = setInterval(() => void this.refresh(), pollMs);
      this.#timer.unref();
    }
  }

  /** Loads what is published now, if anything is; a version that can't be loaded is a `problem`, not an error. */
  static async open(options: LiveBundleOptions): Promise<LiveBundle> {
    const live = new LiveBundle(options);
    await live.refresh();
    return live;
  }

  /** The version to answer from, or null when none could be loaded so far. */
  get current(): PublishedVersion | null {
    return this.#current;
  }

  get problem(): LiveProblem | null {
    return this.#problem;
  }

  /** The version to answer from. Throws API_NO_MODEL when there is none. */
  require(): PublishedVersion {
    if (this.#current !== null) return this.#current;
    throw apiError(
      "API_NO_MODEL",
      this.#problem === null
        ? "No model is published yet"
        : `No model could be loaded: ${this.#problem.message}`,
    );
  }

  /** Looks at live.json now, and loads what it names if that is new. Never rejects; calls at once share one look. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#look().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Stops looking. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    let state = "";
    try {
      const pointer = await this.#readPointer();
      if (pointer === null) {
        if (this.#current !== null) throw unusable("live.json is gone");
        this.#problem = null;
        return;
      }
      state = `${pointer}\n${await this.#fileStates(pointer)}`;
      if (state === this.#attempted) return;
      const loaded = await loadPublishedVersion(this.#folder, versionOf(pointer));
      const isNews =
        loaded.hash !== this.#current?.hash || loaded.version !== this.#current.version;
      this.#current = loaded;
      this.#problem = null;
      if (isNews) {
        this.#logger.info(`Serving ${loaded.name} version ${loaded.version}`, {
          event: "model.loaded",
          bundle: loaded.hash,
        });
      }
    } catch (error) {
      this.#fail(error);
      // The system's own faults may pass; wrong content stays wrong until the files change.
      if (isSystemFault(error)) state = "";
    }
    this.#attempted = state;
  }

  #fail(error: unknown): void {
    const problem: LiveProblem = isPipelineError(error)
      ? { code: error.code, message: error.message }
      : { code: "API_VERSION_UNUSABLE", message: "The published version could not be read" };
    if (problem.message === this.#problem?.message) return;
    this.#problem = problem;
    const served =
      this.#current === null ? "nothing is served" : `version ${this.#current.version} stays`;
    this.#logger.warn(`${problem.message}; ${served}`, {
      event: "model.load-failed",
      code: problem.code,
      cause: inspect((error as { cause?: unknown }).cause ?? error, { depth: 0 }),
    });
  }

  /** The text of live.json, or null when it is not there. */
  async #readPointer(): Promise<string | null> {
    try {
      return await readFile(join(this.#folder, "live.json"), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw unusable("live.json can't be read", error);
    }
  }

  async #fileStates(pointer: string): Promise<string> {
    const folder = join(this.#folder, String(versionOf(pointer)));
    const states = await Promise.all(
      PUBLISHED_FILES.map(async (name) => {
        const state = await stat(join(folder, name)).catch(() => null);
        return state === null ? `${name} -` : `${name} ${state.mtimeMs} ${state.size}`;
      }),
    );
    return states.join("\n");
  }
}

function isSystemFault(error: unknown): boolean {
  return (error as { cause?: NodeJS.ErrnoException }).cause?.syscall !== undefined;
}

/** The version that live.json's text names. */
function versionOf(pointer: string): number {
  let version: unknown;
  try {
    version = (JSON.parse(pointer) as { version?: unknown } | null)?.version;
  } catch (error) {
    throw unusable("live.json is not JSON", error);
  }
  if (!Number.isSafeInteger(version) || (version as number) < 1) {
    throw unusable(`live.json names no version: ${JSON.stringify(version)?.slice(0, 40)}`);
  }
  return version as number;
}

function unusable(message: string, cause?: unknown): Error {
  return apiError("API_VERSION_UNUSABLE", message, { cause });
}
