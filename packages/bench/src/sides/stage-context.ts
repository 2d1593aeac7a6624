import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OutputFolder, StageContext } from "@gillnet/entity";
import type { SideProgress } from "./run-side.ts";

/** Transformation as the original sets it. */
export const KNN = {
  imputer: "knn",
  knn: { neighbors: 3, weights: "uniform", maximum_donors: null },
} as const;

/** What a stage is given when the pipeline does not run it. */
export function stageContext(
  folder: string,
  { seed, threads }: { readonly seed: number; readonly threads: number },
  onProgress: (progress: SideProgress) => void,
): StageContext {
  return {
    seed,
    jobs: threads,
    now: () => new Date(0),
    logger: { debug: () => {}, info: () => {}, warn: () => {} },
    progress: ({ fraction, message }) =>
      onProgress(fraction === undefined ? { message } : { message, share: fraction }),
    output: outputFolder(folder),
    signal: new AbortController().signal,
  };
}

function outputFolder(folder: string): OutputFolder {
  return {
    path(relativePath) {
      const path = join(folder, relativePath);
      mkdirSync(dirname(path), { recursive: true });
      return path;
    },
  };
}
