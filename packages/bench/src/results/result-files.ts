import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PipelineError } from "@gillnet/entity";
import { writeFileAtomic } from "@gillnet/entity/node";
import type { BenchResult } from "./bench-result.ts";

/** Sentences on goals that are not met, by the goal's id. */
export type Remarks = Readonly<Record<string, string>>;

const REMARKS = "remarks.json";

/** Writes a result over an older one of its name. Keys are sorted. */
export async function writeResult(folder: string, result: BenchResult): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify(sorted(result), null, 2);
  await writeFileAtomic(join(folder, `${result.name}.json`), `${text}\n`);
}

/**
 * All results of a folder, by name, and the remarks beside them.
 *
 * @throws PipelineError BENCH_FILE_BAD
 */
export function readResults(folder: string): {
  readonly results: readonly BenchResult[];
  readonly remarks: Remarks;
} {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
  const results = names
    .filter((name) => name !== REMARKS)
    .map((name) => {
      const result = readJson(join(folder, name)) as BenchResult;
      if (`${result.name}.json` === name && Array.isArray(result.sides)) return result;
      throw badFile(name, "it is not a result of that name");
    });
  const remarks = names.includes(REMARKS) ? (readJson(join(folder, REMARKS)) as Remarks) : {};
  return { results, remarks };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw badFile(path, (error as Error).message);
  }
}

function badFile(path: string, why: string): PipelineError {
  return new PipelineError("BENCH_FILE_BAD", `${path} cannot be used: ${why}`, {
    hint: "Remove it and run the benchmark again",
    details: { path },
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
