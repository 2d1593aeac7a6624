import type { ReadOptions, ReadTable } from "@gillnet/table";

import { readMongodb } from "./mongodb.ts";
import { readFile } from "./read-file.ts";
import type { ResolvedSource } from "./source.ts";
import { readSynthetic } from "./synthetic.ts";

/**
 * Reads a source's rows into memory, columns in the layout's order and under its names.
 *
 * @throws PipelineError INGESTION_SYNTHETIC_SCHEMA; INGESTION_SOURCE_CHANGED and INGESTION_MONGODB_...;
 *   TABLE_... from reading.
 */
export async function readSource(
  { content }: ResolvedSource,
  options: ReadOptions,
): Promise<ReadTable> {
  if (content.format === "synthetic") return readSynthetic(content, options.layout);
  if (content.format === "mongodb") return readMongodb(content, options);
  return readFile(content, options);
}
