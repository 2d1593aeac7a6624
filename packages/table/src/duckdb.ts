import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type * as DuckDb from "@duckdb/node-api";
import { PipelineError } from "@gillnet/entity";

/** What `withDuckDb` lends. */
export interface DuckDbSession {
  readonly api: typeof DuckDb;
  readonly connection: DuckDb.DuckDBConnection;
}

export interface DuckDbOptions {
  /** The one file that may be read or written. */
  readonly path: string;
  /** Default: the machine's cores, at most 4. */
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `use` with a database of its own, in memory, that is closed afterwards: about 15 ms. It may touch
 * no file but `path`, spills nothing to disk, and loads no extension. An abort interrupts the running query,
 * and `signal.reason` is thrown.
 *
 * The library is loaded at the first call (0.3 s), so that importing this package costs nothing.
 *
 * Throws TABLE_ENGINE_UNAVAILABLE, `signal.reason`, and what `use` throws.
 */
export async function withDuckDb<T>(
  options: DuckDbOptions,
  use: (session: DuckDbSession) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  signal?.throwIfAborted();
  const api = await loadDuckDb();
  const instance = await api.DuckDBInstance.create(":memory:", {
    threads: String(options.threads ?? Math.min(4, availableParallelism())),
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    let interrupting: NodeJS.Timeout | undefined;
    // Again and again: an interrupt is lost on a query that waits for a thread and has not begun.
    const interrupt = (): void => {
      interrupting = setInterval(() => connection.interrupt(), 10);
    };
    signal?.addEventListener("abort", interrupt);
    try {
      const allowed = [resolve(options.path), globOf(options.path)].map(sqlText).join(", ");
      await connection.run(`SET allowed_paths = [${allowed}]`);
      await connection.run("SET enable_external_access = false");
      return await use({ api, connection });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", interrupt);
      clearInterval(interrupting);
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/**
 * The glob that matches this one file. DuckDB's readers take every path for a glob or a URL: without this,
 * "a[!b].parquet" would read "a1.parquet", and "s3://b/x" would leave the machine.
 */
export function globOf(path: string): string {
  return resolve(path).replaceAll(/[*?[]/g, "[$&]");
}

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function loadDuckDb(): Promise<typeof DuckDb> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw new PipelineError("TABLE_ENGINE_UNAVAILABLE", "DuckDB cannot be loaded", {
      hint: "Install again; if that does not help, this platform has no build of DuckDB",
      details: { platform: process.platform, arch: process.arch },
      cause: error,
    });
  }
}
