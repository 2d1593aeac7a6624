import type { ReadOptions, ReadTable } from "@gillnet/table";

import { readFile } from "./read-file.ts";
import type { ResolvedSource } from "./source.ts";
import { readSynthetic } from "./synthetic.ts";

/**
 * Reads a source's rows into memory, columns in the layout's order and under its names.
 *
 * @throws PipelineError INGESTION_SYNTHETIC_SCHEMA; TABLE_... from reading a file.
 */
export async function readSource(
  { content }: ResolvedSource,
  options: ReadOptions,
): Promise<ReadTable> {
  return content.format === "synthetic"
    ? readSynthetic(content, options.layout)
    : readFile(content, options);
}
