import { predictProbabilities } from "@gillnet/model-bundle";
import { fitClassifier } from "@gillnet/trainer";
import type { FitResult } from "@gillnet/trainer";
import { readBytes, readNpyMatrix, writeNpyMatrix } from "../data/npy.ts";
import { completeParams } from "./complete-params.ts";
import type { GillnetJob, SideAnswer } from "./jobs.ts";
import { asDoubles, labelledMatrix } from "./labelled-matrix.ts";
import { peakMegabytes } from "./peak-megabytes.ts";
import type { SideProgress } from "./run-side.ts";

/** Times fits: from the matrix in memory to the model, binning, distinct rows and starting threads included. */
export async function runFitJob(
  job: Extract<GillnetJob, { readonly kind: "fit" }>,
  onProgress: (progress: SideProgress) => void = () => {},
): Promise<SideAnswer> {
  const { family, seed, threads: jobs } = job;
  const rows = labelledMatrix(await readNpyMatrix(job.x), await readBytes(job.y));
  const params = completeParams(family, job.params);
  const { signal } = new AbortController();
  const seconds: number[] = [];
  let fitted: FitResult | undefined;
  for (let fit = 0; fit < job.fits; fit++) {
    const began = performance.now();
    fitted = await fitClassifier(rows, {
      family,
      params,
      seed,
      jobs,
      signal,
      onProgress: (share) => onProgress({ share: (fit + share) / job.fits }),
    });
    seconds.push((performance.now() - began) / 1000);
  }
  const peak = peakMegabytes();
  if (fitted !== undefined) {
    const data = predictProbabilities(fitted.model, asDoubles(await readNpyMatrix(job.xTest)));
    await writeNpyMatrix(job.out, { data, rows: data.length, cols: 1 });
  }
  return { seconds, peakMegabytes: peak };
}
