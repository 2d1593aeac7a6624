import { predictProbabilities } from "@gillnet/model-bundle";
import { fitClassifier } from "@gillnet/trainer";
import { answerFolds } from "./answer-folds.ts";
import { completeParams } from "./complete-params.ts";
import type { GillnetJob, SideAnswer } from "./jobs.ts";
import { matrixOf } from "./labelled-matrix.ts";
import type { SideProgress } from "./run-side.ts";

/** Fits without each fold in turn, and writes what each model says of the fold that it has not seen. */
export async function runFoldsJob(
  job: Extract<GillnetJob, { readonly kind: "folds" }>,
  onProgress: (progress: SideProgress) => void = () => {},
): Promise<SideAnswer> {
  const { family, seed, threads: jobs } = job;
  const params = completeParams(family, job.params);
  const { signal } = new AbortController();
  return answerFolds(job, onProgress, async (training, heldOut) => {
    const rows = matrixOf(training);
    const began = performance.now();
    const { model } = await fitClassifier(rows, { family, params, seed, jobs, signal });
    const seconds = (performance.now() - began) / 1000;
    return { probability: predictProbabilities(model, matrixOf(heldOut).x), seconds };
  });
}
