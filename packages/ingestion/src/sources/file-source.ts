import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";

import { PipelineError } from "@gillnet/entity";
import { sha256File } from "@gillnet/entity/node";

import type { SourceParams } from "../params.ts";
import type { ResolvedSource, SourceEnvironment } from "./source.ts";

/**
 * The CSV or Parquet file that `source.path` names.
 *
 * @throws PipelineError INGESTION_SOURCE_PARAMS without a path; INGESTION_SOURCE_NOT_FOUND when there is no
 *   such file.
 */
export async function resolveFile(
  format: "csv" | "parquet",
  source: Pick<SourceParams, "path">,
  environment: Pick<SourceEnvironment, "baseFolder">,
): Promise<ResolvedSource> {
  if (source.path === undefined) {
    throw new PipelineError(
      "INGESTION_SOURCE_PARAMS",
      `source.path is missing, and source.kind ${format} needs it`,
      { hint: "Add source.path, the file's path relative to pipeline.yaml" },
    );
  }
  const path = resolve(environment.baseFolder, source.path);
  await checkIsFile(path, source.path);
  return {
    description: { kind: format, name: basename(path), synthetic: false },
    content: { format, path, matchCase: true, rename: {} },
    inputHash: await sha256File(path),
    notes: [],
  };
}

/** @param name the path as the params have it, for messages. */
export async function checkIsFile(path: string, name: string): Promise<void> {
  let isFile = false;
  let cause: unknown;
  try {
    isFile = (await stat(path)).isFile();
  } catch (error) {
    cause = error;
  }
  if (isFile) return;
  throw new PipelineError(
    "INGESTION_SOURCE_NOT_FOUND",
    cause === undefined ? `${name} is not a file` : `There is no file ${name} (looked for ${path})`,
    { hint: "Check the path; it is relative to pipeline.yaml", details: { path }, cause },
  );
}
