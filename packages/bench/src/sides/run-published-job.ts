import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import { train } from "@gillnet/trainer";
import type { TrainerParams } from "@gillnet/trainer";
import { transform } from "@gillnet/transformation";
import { answerFolds } from "./answer-folds.ts";
import { completeParams, trainerDefaults } from "./complete-params.ts";
import { writeIngested } from "./ingested-folder.ts";
import type { GillnetJob, SideAnswer } from "./jobs.ts";
import { matrixOf } from "./labelled-matrix.ts";
import type { SideProgress } from "./run-side.ts";
import { KNN, stageContext } from "./stage-context.ts";

/**
 * For each fold what the pipeline publishes of all other rows, when it has these members alone to choose from and to
 * average: weights, and whether the average is taken at all, come from folds within those rows.
 */
export async function runPublishedJob(
  job: Extract<GillnetJob, { readonly kind: "published" }>,
  onProgress: (progress: SideProgress) => void = () => {},
): Promise<SideAnswer> {
  const { seed, threads, folder, by } = job;
  const families = job.members.map(({ family, params }) => [
    family,
    completeParams(family, params),
  ]);
  const params = {
    ...trainerDefaults(),
    metric: "log_loss",
    ensemble: { kind: "average", members: null },
    families: Object.fromEntries(families),
  } as unknown as TrainerParams;
  const options = { seed, threads };
  return answerFolds(job, onProgress, async (training, heldOut, onShare) => {
    await rm(folder, { recursive: true, force: true });
    const parts = { train: training, test: heldOut };
    const ingestion = await writeIngested(join(folder, "ingestion"), parts, by);
    const began = performance.now();
    const transformed = join(folder, "transformation");
    const prepared = await transform(
      { ingestion },
      KNN,
      stageContext(transformed, options, () => {}),
    );
    const transformation = { artifact: prepared, folder: transformed };
    const trained = await train(
      { transformation },
      params,
      stageContext(join(folder, "trainer"), options, ({ share = 0 }) => onShare(share)),
    );
    const seconds = (performance.now() - began) / 1000;
    const { model } = decodeBundle(await readFile(join(folder, "trainer", trained.files.bundle)));
    return { probability: predictProbabilities(model, matrixOf(heldOut).x), seconds };
  });
}
