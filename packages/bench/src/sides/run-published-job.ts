import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import { train } from "@gillnet/trainer";
import type { TrainerParams } from "@gillnet/trainer";
import { transform } from "@gillnet/transformation";
import { readBytes, readNpyMatrix, writeNpyMatrix } from "../data/npy.ts";
import { takeTableRows } from "../data/real-table.ts";
import { completeParams, trainerDefaults } from "./complete-params.ts";
import { writeIngested } from "./ingested-folder.ts";
import type { IngestedParts } from "./ingested-folder.ts";
import type { GillnetJob, SideAnswer } from "./jobs.ts";
import { asDoubles } from "./labelled-matrix.ts";
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
  const matrix = asDoubles(await readNpyMatrix(job.x));
  const table = { x: matrix.data, y: await readBytes(job.y), cols: matrix.cols };
  const folds = await readBytes(job.folds);
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
  const probability = new Float64Array(folds.length);
  const seconds: number[] = [];
  const count = Math.max(...folds) + 1;
  for (let fold = 0; fold < count; fold++) {
    const rows = Int32Array.from(folds.keys());
    const heldOut = rows.filter((row) => folds[row] === fold);
    const take = (taken: Int32Array): IngestedParts["train"] => {
      const { x, y, cols } = takeTableRows(table, taken);
      return { x: { data: x, rows: y.length, cols }, labels: y };
    };
    const parts = { train: take(rows.filter((row) => folds[row] !== fold)), test: take(heldOut) };
    await rm(folder, { recursive: true, force: true });
    const ingestion = await writeIngested(join(folder, "ingestion"), parts, by);
    const began = performance.now();
    const transformed = join(folder, "transformation");
    const options = { seed, threads };
    const prepared = await transform(
      { ingestion },
      KNN,
      stageContext(transformed, options, () => {}),
    );
    const transformation = { artifact: prepared, folder: transformed };
    const trained = await train(
      { transformation },
      params,
      stageContext(join(folder, "trainer"), options, ({ share = 0 }) =>
        onProgress({ share: (fold + share) / count }),
      ),
    );
    seconds.push((performance.now() - began) / 1000);
    const { model } = decodeBundle(await readFile(join(folder, "trainer", trained.files.bundle)));
    const answers = predictProbabilities(model, parts.test.x);
    heldOut.forEach((row, at) => {
      probability[row] = answers[at] as number;
    });
  }
  await writeNpyMatrix(job.out, { data: probability, rows: probability.length, cols: 1 });
  return { seconds };
}
