import { writeFileAtomic } from "@gillnet/entity/node";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "./file-error.ts";

const STATE_FILE = "tracking.sync.json";

/** How far one server has a journal. */
export interface ServerState {
  readonly experimentId: string;
  readonly runId: string;
  /** How many entries of the journal, from its beginning, the server has. */
  readonly entries: number;
  /** The version that the run's model became; null when none. */
  readonly modelVersion: string | null;
  /** Artifacts that it could not have. */
  readonly leftOut: readonly string[];
  /** What was noticed, as sentences. */
  readonly notes: readonly string[];
}

/** By the server's address, without credentials. */
type SyncState = Readonly<Record<string, ServerState>>;

/**
 * The content of `tracking.sync.json` in a journal's folder. A file that is missing or damaged counts as
 * empty: replaying what a server has already changes nothing there.
 */
export async function readSyncState(folder: string): Promise<SyncState> {
  try {
    const text = await readFile(join(folder, STATE_FILE), "utf8");
    const { version, servers } = JSON.parse(text) as { version?: unknown; servers?: SyncState };
    return version === 1 && typeof servers === "object" ? servers : {};
  } catch {
    return {};
  }
}

/** Replaces one server's state. Error: TRACKING_JOURNAL_UNWRITABLE. */
export async function writeServerState(
  folder: string,
  base: string,
  server: ServerState,
): Promise<void> {
  const servers = { ...(await readSyncState(folder)), [base]: server };
  const path = join(folder, STATE_FILE);
  try {
    await writeFileAtomic(path, `${JSON.stringify({ version: 1, servers }, null, 2)}\n`);
  } catch (cause) {
    throw fileError(path, cause);
  }
}
