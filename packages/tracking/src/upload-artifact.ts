import { PipelineError } from "@gillnet/entity";
import { sha256File } from "@gillnet/entity/node";
import { posix, resolve } from "node:path";
import { artifactUrl } from "./artifact-url.ts";
import { isRefusal } from "./explain-answer.ts";
import type { ArtifactEntry } from "./journal-entry.ts";
import type { MlflowConnection } from "./mlflow-connection.ts";
import type { ServerRun } from "./open-run.ts";

/**
 * Uploads one file of a run, over what is there under that path, and checks its size in the server's
 * list. Gives null, or the reason why this server or this file cannot have it, as the end of a sentence.
 * Error besides the connection's: TRACKING_UPLOAD_INCOMPLETE.
 *
 * @param entry its path is one that MLflow takes.
 * @param folder the journal's.
 */
export async function uploadArtifact(
  connection: MlflowConnection,
  run: ServerRun,
  entry: ArtifactEntry,
  folder: string,
): Promise<string | null> {
  const { path } = entry;
  const url = artifactUrl(connection.address.base, run.artifactUri, path);
  if (url === undefined) {
    return "the server does not pass artifacts on (start it with --serve-artifacts)";
  }
  const file = resolve(folder, entry.file);
  const hash = await sha256File(file).catch(() => undefined);
  if (hash === undefined) return "its file is not there any more";
  if (hash !== entry.sha256) return "its file has changed since the run";
  let stored: number | undefined;
  try {
    await connection.upload(url, file, entry.bytes);
    stored = await findSize(connection, run.runId, path);
  } catch (error) {
    if (isRefusal(error)) return error.message;
    throw error;
  }
  if (stored === entry.bytes) return null;
  throw new PipelineError(
    "TRACKING_UPLOAD_INCOMPLETE",
    `The MLflow server lists '${path}' with ${stored ?? "no"} bytes after an upload of ${entry.bytes}`,
    {
      hint: "Check what stands between Gillnet and the server, then synchronise again",
      details: { path, expected: entry.bytes, stored: stored ?? null },
    },
  );
}

/** The size of an artifact as the server lists it; undefined when it does not. */
async function findSize(
  connection: MlflowConnection,
  runId: string,
  path: string,
): Promise<number | undefined> {
  const parent = posix.dirname(path);
  let token: string | undefined;
  do {
    const { files = [], next_page_token } = await connection.call("GET artifacts/list", {
      run_id: runId,
      ...(parent !== "." && { path: parent }),
      ...(token !== undefined && { page_token: token }),
    });
    const listed = files.find((file) => file.path === path);
    // An empty file is listed without a size.
    if (listed !== undefined) return Number(listed.file_size ?? 0);
    // A server that repeats itself must not keep us here.
    token = next_page_token === token ? undefined : next_page_token;
  } while (token !== undefined && token !== "");
  return undefined;
}
