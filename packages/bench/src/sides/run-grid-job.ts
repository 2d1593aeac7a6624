import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type {
  ArtifactHandle,
  DatasetSchema,
  IngestionArtifact,
  OutputFolder,
  RowMajorF64,
  StageContext,
  Table,
} from "@gillnet/entity";
import { decodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import type { Model } from "@gillnet/model-bundle";
import { GROUP_COLUMN, readNpy, SOURCE_ROW_COLUMN, writeParquet } from "@gillnet/table";
import { fitClassifier, train } from "@gillnet/trainer";
import type { TrainerParams } from "@gillnet/trainer";
import { transform } from "@gillnet/transformation";
import { readBytes, readNpyMatrix } from "../data/npy.ts";
import { accuracyAndF1 } from "../scoring/accuracy-and-f1.ts";
import { completeParams, trainerDefaults } from "./complete-params.ts";
import type { GillnetJob, GridWinner, SideAnswer } from "./jobs.ts";
import { asDoubles, labelledMatrix } from "./labelled-matrix.ts";
import type { SideProgress } from "./run-side.ts";

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
const TRANSFORMATION = {
  imputer: "knn",
  knn: { neighbors: 3, weights: "uniform", maximum_donors: null },
} as const;

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
  const ingestion = await writeIngested(job);
  const controller = new AbortController();
  const context = (stage: string): StageContext => ({
    seed,
    jobs: threads,
    now: () => new Date(0),
    logger: { debug: () => {}, info: () => {}, warn: () => {} },
    progress: ({ fraction, message }) =>
      onProgress(fraction === undefined ? { message } : { message, share: fraction }),
    output: outputFolder(join(folder, stage)),
    signal: controller.signal,
  });
  const families = Object.fromEntries(
    Object.entries(GRIDS).map(([family, grid]) => [
      family,
      { ...completeParams(family, {}), ...grid },
    ]),
  );
  const others = { ...trainerDefaults(), folds: FOLDS, metric: "accuracy" };
  const params = { ...others, families } as unknown as TrainerParams;

  const began = performance.now();
  const prepared = await transform({ ingestion }, TRANSFORMATION, context("transformation"));
  const transformation = { artifact: prepared, folder: join(folder, "transformation") };
  const trained = await train({ transformation }, params, context("trainer"));
  const bundle = decodeBundle(await readFile(join(folder, "trainer", trained.files.bundle)));
  const training = takeApart(await readNpy(join(transformation.folder, prepared.files.train)));
  const test = takeApart(await readNpy(join(transformation.folder, prepared.files.test)));
  const rows = labelledMatrix(training.x, training.labels);
  const models: GridWinner[] = [];
  for (const family of Object.keys(GRIDS)) {
    const winner = trained.leaderboard.find((entry) => entry.family === family);
    if (winner === undefined) throw new RangeError(`The search has no ${family}`);
    const model: Model =
      family === trained.family
        ? bundle.model
        : (
            await fitClassifier(rows, {
              family,
              params: winner.params,
              seed,
              jobs: threads,
              signal: controller.signal,
            })
          ).model;
    const { accuracy, f1 } = accuracyAndF1(predictProbabilities(model, test.x), test.labels);
    models.push({
      family,
      params: winner.params,
      crossValidationAccuracy: winner.scores.accuracy,
      testAccuracy: accuracy,
      testF1: f1,
    });
  }
  return { seconds: [(performance.now() - began) / 1000], models };
}

/** Writes what ingestion would: the two parts as Parquet. Not counted. */
async function writeIngested(
  job: Extract<GillnetJob, { readonly kind: "grid" }>,
): Promise<ArtifactHandle<IngestionArtifact>> {
  const folder = join(job.folder, "ingestion");
  const output = outputFolder(folder);
  const x = asDoubles(await readNpyMatrix(job.x));
  const xTest = asDoubles(await readNpyMatrix(job.xTest));
  const schema: DatasetSchema = {
    features: Array.from({ length: x.cols }, (_, column) => ({
      kind: "numeric",
      name: `column ${column + 1}`,
    })),
    label: {
      column: "label",
      positive: { name: "positive", values: ["1"] },
      negative: { name: "negative", values: ["0"] },
    },
    ignored: [],
    missingMarkers: [],
  };
  const write = (file: string, part: RowMajorF64, labels: Uint8Array): Promise<void> =>
    writeParquet(output.path(file), ingestedTable(schema, part, labels));
  await write("train.parquet", x, await readBytes(job.y));
  await write("test.parquet", xTest, await readBytes(job.yTest));
  const artifact: IngestionArtifact = {
    stage: "ingestion",
    source: { kind: "csv", name: "benchmark", synthetic: false },
    schema,
    rows: x.rows + xTest.rows,
    rejectedRows: 0,
    distinctVectors: 0,
    duplicateRows: 0,
    conflictingRows: 0,
    fingerprint: "",
    split: {
      // As the original deals them, so that its folds are stratified and nothing else.
      by: "random",
      testShare: xTest.rows / (x.rows + xTest.rows),
      trainRows: x.rows,
      testRows: xTest.rows,
      trainGroups: x.rows,
      testGroups: xTest.rows,
      leakedTestRows: 0,
    },
    files: {
      featureStore: "",
      trainCsv: null,
      testCsv: null,
      train: "train.parquet",
      test: "test.parquet",
      rejected: null,
    },
    notes: [],
  };
  return { artifact, folder };
}

function ingestedTable(schema: DatasetSchema, x: RowMajorF64, labels: Uint8Array): Table {
  const numbered = Float64Array.from(labels, (_, row) => row + 1);
  return {
    columns: [
      ...schema.features.map(({ name }, column) => ({
        kind: "numeric" as const,
        name,
        values: Float64Array.from(labels, (_, row) => x.data[row * x.cols + column] as number),
      })),
      {
        kind: "categorical",
        name: schema.label.column,
        codes: Int32Array.from(labels),
        categories: ["0", "1"],
      },
      { kind: "numeric", name: SOURCE_ROW_COLUMN, values: numbered },
      { kind: "numeric", name: GROUP_COLUMN, values: numbered },
    ],
    rowCount: labels.length,
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
