import { join } from "node:path";
import type { RowMajorF64, StageContext } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import { readNpy } from "@gillnet/table";
import { fitClassifier, train } from "@gillnet/trainer";
import type { TrainerParams } from "@gillnet/trainer";
import { transform } from "@gillnet/transformation";
import { accuracyAndF1 } from "../scoring/accuracy-and-f1.ts";
import { completeParams, trainerDefaults } from "./complete-params.ts";
import type { GillnetJob, GridWinner, ModelParams, SideAnswer } from "./jobs.ts";
import { writeIngested } from "./ingested-folder.ts";
import { labelledMatrix, readTable } from "./labelled-matrix.ts";
import type { SideProgress } from "./run-side.ts";
import { KNN, stageContext } from "./stage-context.ts";

/** The original's, as peers/seed_grid.py has them. Logistic regression as scikit-learn's, on columns as they are. */
const SIZES = [8, 16, 32, 64, 128, 256];
const GRIDS = {
  random_forest: { n_estimators: [8, 16, 32, 128, 256] },
  decision_tree: { criterion: ["gini", "entropy"] },
  gradient_boosting: {
    learning_rate: [0.1, 0.01, 0.05, 0.001],
    subsample: [0.6, 0.7, 0.75, 0.85, 0.9],
    n_estimators: SIZES,
  },
  logistic_regression: { C: 1, max_iter: 100, standardize: false },
  adaboost: { learning_rate: [0.1, 0.01, 0.001], n_estimators: SIZES },
};
const FOLDS = 3;

/**
 * The whole training job: `transform` and `train` as the pipeline runs them, then every other family's winner fitted
 * on all training rows, as scikit-learn's search does, and all five scored on the test part. The seconds begin with
 * ingestion's files and end with the last score: what the stages read and write in between is in them.
 */
export async function runGridJob(
  job: Extract<GillnetJob, { readonly kind: "grid" }>,
  onProgress: (progress: SideProgress) => void = () => {},
): Promise<SideAnswer> {
  const { seed, threads, folder } = job;
  // Reading the arrays and writing what ingestion would is not counted.
  const parts = {
    train: await readTable(job.x, job.y),
    test: await readTable(job.xTest, job.yTest),
  };
  const ingestion = await writeIngested(join(folder, "ingestion"), parts, "random");
  const { signal } = new AbortController();
  const context = (stage: string): StageContext =>
    stageContext(join(folder, stage), { seed, threads }, onProgress);
  const families = Object.fromEntries(
    Object.entries(GRIDS).map(([family, grid]) => [
      family,
      { ...completeParams(family, {}), ...grid },
    ]),
  );
  const others = { ...trainerDefaults(), folds: FOLDS, metric: "accuracy" };
  const params = { ...others, families } as unknown as TrainerParams;

  const began = performance.now();
  const prepared = await transform({ ingestion }, KNN, context("transformation"));
  const transformation = { artifact: prepared, folder: join(folder, "transformation") };
  const trained = await train({ transformation }, params, context("trainer"));
  const read = (stage: string, file: string): Promise<RowMajorF64> =>
    readNpy(join(folder, stage, file));
  const training = takeApart(await read("transformation", prepared.files.train));
  const test = takeApart(await read("transformation", prepared.files.test));
  const rows = labelledMatrix(training.x, training.labels);
  const answersOf = async (family: string, params: ModelParams): Promise<Float64Array> => {
    // The stage has fitted and asked the best of all by itself.
    if (family === trained.family) {
      return (await read("trainer", trained.files.testProbabilities)).data;
    }
    const options = { family, params, seed, jobs: threads, signal };
    return predictProbabilities((await fitClassifier(rows, options)).model, test.x);
  };
  const names = Object.keys(GRIDS);
  const models: GridWinner[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let place = next++; place < names.length; place = next++) {
      const family = names[place] as string;
      const winner = trained.leaderboard.find((entry) => entry.family === family);
      if (winner === undefined) throw new RangeError(`The search has no ${family}`);
      // oxlint-disable-next-line no-await-in-loop -- each lane fits one after the other
      const { accuracy, f1 } = accuracyAndF1(await answersOf(family, winner.params), test.labels);
      models[place] = {
        family,
        params: winner.params,
        crossValidationAccuracy: winner.scores.accuracy,
        testAccuracy: accuracy,
        testF1: f1,
      };
    }
  };
  await Promise.all(Array.from({ length: threads }, lane));
  return { seconds: [(performance.now() - began) / 1000], models };
}

/** Features and labels of a matrix of transformation's. */
function takeApart({ data, rows, cols }: RowMajorF64): {
  readonly x: RowMajorF64;
  readonly labels: Uint8Array;
} {
  const features = cols - 1;
  const x = new Float64Array(rows * features);
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    x.set(data.subarray(row * cols, row * cols + features), row * features);
    labels[row] = data[row * cols + features] as number;
  }
  return { x: { data: x, rows, cols: features }, labels };
}
