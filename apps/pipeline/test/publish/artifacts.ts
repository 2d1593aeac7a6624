import { writeFile } from "node:fs/promises";
import type {
  ArtifactHandle,
  ClassificationScores,
  Estimate,
  IngestionArtifact,
  TrainerArtifact,
  TransformationArtifact,
} from "@gillnet/entity";
import { SeededRandom } from "@gillnet/entity";
import { sha256 } from "@gillnet/entity/node";
import type { ArtifactStore, StageOutput } from "@gillnet/entity/node";
import type { Bundle } from "@gillnet/model-bundle";
import { encodeBundle, predictProbabilities } from "@gillnet/model-bundle";
import { writeNpy, writeParquet } from "@gillnet/table";
import type { JudgedArtifacts } from "../../src/publish/gates.ts";
import type { StageArtifact } from "../../src/run/pipeline-stage.ts";

const ROWS = 60;

/** A logistic model over two numbers: small, and every row has its own probability. */
function makeBundle(intercept: number): Bundle {
  const numeric = (name: string) => ({ kind: "numeric", name }) as const;
  const profile = (name: string) =>
    ({
      kind: "numeric",
      name,
      count: 1,
      missing: 0,
      minimum: 0,
      maximum: 1,
      mean: 0.5,
      values: null,
      quantiles: Array.from({ length: 21 }, (_, i) => i / 20),
    }) as const;
  return {
    features: [numeric("length"), numeric("port")],
    missingMarkers: [],
    classes: {
      negative: { name: "legitimate", label: 1 },
      positive: { name: "phishing", label: -1 },
    },
    preprocessor: { imputer: { kind: "none" } },
    profile: [profile("length"), profile("port")],
    model: {
      kind: "logistic",
      intercept,
      start: Int32Array.of(0, 1),
      coefficients: Float64Array.of(2, -3),
      center: Float64Array.of(0.5, 0.5),
      scale: Float64Array.of(1, 1),
    },
    calibration: { kind: "none" },
    threshold: 0.5,
  };
}

const estimate = (value: number): Estimate => ({ value, low: value - 0.01, high: value + 0.01 });

function scores(f1: number): ClassificationScores {
  const same = {
    accuracy: f1,
    precision: f1,
    recall: f1,
    f1,
    falsePositiveRate: 0.1,
    rocAuc: 0.99,
  };
  return { ...same, logLoss: 0.1 };
}

export interface ModelWishes {
  readonly testF1?: number;
  readonly trainF1?: number;
  /** Another intercept, another model. */
  readonly intercept?: number;
}

/** What three stages leave of a small model: real files, as the publishing half reads them. */
class SmallModel {
  readonly #wishes: ModelWishes;
  readonly #bundle: Bundle;
  readonly #matrix: Float64Array;

  constructor(wishes: ModelWishes = {}) {
    this.#wishes = wishes;
    this.#bundle = makeBundle(wishes.intercept ?? 0);
    const random = new SeededRandom(1);
    // Two features and the label.
    this.#matrix = Float64Array.from({ length: ROWS * 3 }, (_, i) =>
      i % 3 === 2 ? random.integer(2) : random.uniform(),
    );
  }

  async writeIngestion(output: StageOutput): Promise<IngestionArtifact> {
    const column = (name: string, value: (row: number) => number) =>
      ({
        kind: "numeric",
        name,
        values: Float64Array.from({ length: ROWS }, (_, i) => value(i)),
      }) as const;
    const cell = (row: number, feature: number): number =>
      this.#matrix[row * 3 + feature] as number;
    // In another order than the matrix: rows are found by their number in the source.
    const turned = (row: number): number => ROWS - 1 - row;
    await writeParquet(output.path("ingested/test.parquet"), {
      columns: [
        column("length", (row) => cell(turned(row), 0)),
        column("port", (row) => cell(turned(row), 1)),
        column("Result", (row) => (cell(turned(row), 2) === 1 ? -1 : 1)),
        column("__source_row", (row) => turned(row) + 1),
        column("__group", (row) => row),
      ],
      rowCount: ROWS,
    });
    return {
      stage: "ingestion",
      source: { kind: "csv", name: "rows.csv", synthetic: false },
      schema: {
        features: this.#bundle.features.map(({ name }) => ({ kind: "numeric", name })),
        label: {
          column: "Result",
          positive: { name: "phishing", values: ["-1"] },
          negative: { name: "legitimate", values: ["1"] },
        },
        ignored: [],
        missingMarkers: [],
      },
      rows: 300,
      rejectedRows: 0,
      distinctVectors: 300,
      duplicateRows: 0,
      conflictingRows: 0,
      fingerprint: sha256("rows"),
      split: {
        by: "vector",
        testShare: 0.2,
        trainRows: 240,
        testRows: ROWS,
        trainGroups: 240,
        testGroups: ROWS,
        leakedTestRows: 0,
      },
      files: {
        featureStore: "feature_store/table.parquet",
        trainCsv: null,
        testCsv: null,
        train: "ingested/train.parquet",
        test: "ingested/test.parquet",
        rejected: null,
      },
      notes: [],
    };
  }

  async writeTransformation(output: StageOutput): Promise<TransformationArtifact> {
    await writeNpy(output.path("transformed/test.npy"), {
      data: this.#matrix,
      rows: ROWS,
      cols: 3,
    });
    const rows = Float64Array.from({ length: ROWS * 3 }, (_, i) =>
      i % 3 === 0 ? Math.floor(i / 3) + 1 : 1,
    );
    await writeNpy(output.path("transformed/test_rows.npy"), { data: rows, rows: ROWS, cols: 3 });
    return {
      stage: "transformation",
      groupedBy: "vector",
      features: ["length", "port"],
      trainRows: 240,
      testRows: ROWS,
      imputedCells: { train: 0, test: 0 },
      files: {
        train: "transformed/train.npy",
        test: "transformed/test.npy",
        trainRows: "transformed/train_rows.npy",
        testRows: "transformed/test_rows.npy",
        preprocessing: "transformed_object/preprocessing",
      },
      notes: [],
    };
  }

  async writeTrainer(output: StageOutput): Promise<TrainerArtifact> {
    const bytes = encodeBundle(this.#bundle);
    await writeFile(output.path("trained_model/model.bundle"), bytes);
    const features = this.#matrix.filter((_, i) => i % 3 !== 2);
    const answers = predictProbabilities(this.#bundle.model, {
      data: features,
      rows: ROWS,
      cols: 2,
    });
    await writeNpy(output.path("trained_model/test_probabilities.npy"), {
      data: answers,
      rows: ROWS,
      cols: 1,
    });
    const { testF1 = 0.9, trainF1 = 0.92 } = this.#wishes;
    const test = scores(testF1);
    return {
      stage: "trainer",
      family: "logistic_regression",
      params: { C: 1 },
      selection: {
        metric: "log_loss",
        folds: 5,
        by: "vector",
        search: { kind: "grid", combinations: 2, candidates: 2, leftOut: 0, timeBudget: null },
      },
      leaderboard: [],
      train: scores(trainF1),
      crossValidation: test,
      randomCrossValidation: test,
      test: {
        scores: test,
        intervals: {
          accuracy: estimate(testF1),
          precision: estimate(testF1),
          recall: estimate(testF1),
          f1: estimate(testF1),
          falsePositiveRate: estimate(0.1),
          rocAuc: estimate(0.98),
          logLoss: estimate(0.1),
        },
        confusion: { truePositive: 25, falsePositive: 5, trueNegative: 25, falseNegative: 5 },
        negativeAsPositive: { precision: 0.9, recall: 0.9, f1: 0.9 },
      },
      threshold: 0.5,
      files: {
        bundle: "trained_model/model.bundle",
        evidence: "trained_model/evidence.json",
        testProbabilities: "trained_model/test_probabilities.npy",
      },
      bundleHash: sha256(bytes),
      notes: [],
    };
  }
}

/** The artifacts of a new run of `store`, as the gates get them. */
export async function makeJudged(
  store: ArtifactStore,
  wishes: ModelWishes = {},
): Promise<{ run: string; judged: JudgedArtifacts }> {
  const run = await store.createRun(new Date("2026-11-22T14:22:10Z"));
  const model = new SmallModel(wishes);
  const keep = async <A extends StageArtifact>(
    stage: A["stage"],
    write: (output: StageOutput) => Promise<A>,
  ): Promise<ArtifactHandle<A>> => {
    const output = await store.beginStage(run, stage);
    await output.commit(await write(output));
    return store.handle<A>(run, stage);
  };
  const judged = {
    ingestion: await keep("ingestion", (output) => model.writeIngestion(output)),
    transformation: await keep("transformation", (output) => model.writeTransformation(output)),
    trainer: await keep("trainer", (output) => model.writeTrainer(output)),
  };
  return { run, judged };
}
