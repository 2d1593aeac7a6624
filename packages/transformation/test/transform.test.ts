import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mkdirSync } from "node:fs";
import { SeededRandom, takeRows } from "@gillnet/entity";
import type {
  ArtifactHandle,
  DatasetSchema,
  IngestionArtifact,
  StageContext,
  Table,
  TransformationArtifact,
} from "@gillnet/entity";
import { decodeInputs } from "@gillnet/model-bundle";
import { readNpy, writeParquet } from "@gillnet/table";
import type { TransformationParams } from "../src/params.ts";
import { transform } from "../src/transform.ts";
import { categorical, numeric } from "./ingested-part.ts";

const SCHEMA: DatasetSchema = {
  features: [
    { kind: "numeric", name: "age", minimum: 0 },
    { kind: "categorical", name: "city" },
    { kind: "numeric", name: "state", values: [-1, 0, 1] },
  ],
  label: {
    column: "y",
    positive: { name: "spam", values: ["-1"] },
    negative: { name: "ham", values: null },
  },
  ignored: [],
  missingMarkers: ["NA"],
};
const PARAMS: TransformationParams = {
  imputer: "knn",
  knn: { neighbors: 2, weights: "uniform", maximum_donors: null },
};

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "gillnet-transformation-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

interface Row {
  readonly age: number | null;
  readonly city: string | null;
  readonly state: number | null;
  readonly y: string;
}

function tableOf(rows: readonly Row[], firstSourceRow: number, more: Table["columns"] = []): Table {
  return {
    columns: [
      numeric(
        "age",
        rows.map(({ age }) => age),
      ),
      categorical(
        "city",
        rows.map(({ city }) => city),
      ),
      numeric(
        "state",
        rows.map(({ state }) => state),
      ),
      categorical(
        "y",
        rows.map(({ y }) => y),
      ),
      ...more,
      numeric(
        "__source_row",
        rows.map((_, i) => firstSourceRow + i),
      ),
      numeric(
        "__group",
        rows.map((_, i) => 500 + firstSourceRow + i),
      ),
    ],
    rowCount: rows.length,
  };
}

/** A folder as ingestion leaves it. */
async function ingested(
  name: string,
  train: Table,
  test: Table,
  schema: DatasetSchema = SCHEMA,
): Promise<ArtifactHandle<IngestionArtifact>> {
  const folder = join(root, name);
  await mkdir(join(folder, "ingested"), { recursive: true });
  await writeParquet(join(folder, "ingested/train.parquet"), train);
  await writeParquet(join(folder, "ingested/test.parquet"), test);
  const artifact: IngestionArtifact = {
    stage: "ingestion",
    source: { kind: "csv", name: "rows.csv", synthetic: false },
    schema,
    rows: train.rowCount + test.rowCount,
    rejectedRows: 0,
    distinctVectors: train.rowCount + test.rowCount,
    duplicateRows: 0,
    conflictingRows: 0,
    fingerprint: "0".repeat(64),
    split: {
      by: "vector",
      testShare: 0.2,
      trainRows: train.rowCount,
      testRows: test.rowCount,
      trainGroups: train.rowCount,
      testGroups: test.rowCount,
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
  return { artifact, folder };
}

function contextOf(folder: string, signal = new AbortController().signal): StageContext {
  const silent = (): void => {};
  return {
    seed: 42,
    jobs: 1,
    now: () => new Date(0),
    logger: { debug: silent, info: silent, warn: silent },
    progress: silent,
    output: {
      path: (relative) => {
        const path = join(folder, relative);
        mkdirSync(dirname(path), { recursive: true });
        return path;
      },
    },
    signal,
  };
}

async function run(
  name: string,
  ingestion: ArtifactHandle<IngestionArtifact>,
  params: TransformationParams = PARAMS,
): Promise<{ artifact: TransformationArtifact; folder: string }> {
  const folder = join(root, `${name}-transformed`);
  const artifact = await transform({ ingestion }, params, contextOf(folder));
  return { artifact, folder };
}

const TRAIN: readonly Row[] = [
  { age: 30, city: "Ulm", state: 1, y: "1" },
  { age: 10, city: "Bonn", state: null, y: "-1" },
  { age: 10, city: "Bonn", state: 0, y: "-1" },
  { age: 20, city: null, state: -1, y: "1" },
];
const TEST: readonly Row[] = [
  { age: null, city: "Rom", state: 1, y: "1" },
  { age: 12, city: "Ulm", state: null, y: "-1" },
];

test("writes matrices in canonical order, filled, with the label last, and their rows' origins", async () => {
  const { artifact, folder } = await run(
    "plain",
    await ingested("plain", tableOf(TRAIN, 1), tableOf(TEST, 5)),
  );
  expect(artifact).toEqual({
    stage: "transformation",
    groupedBy: "vector",
    features: ["age", "city", "state"],
    trainRows: 4,
    testRows: 2,
    imputedCells: { train: 1, test: 2 },
    files: {
      train: "transformed/train.npy",
      test: "transformed/test.npy",
      trainRows: "transformed/train_rows.npy",
      testRows: "transformed/test_rows.npy",
      preprocessing: "transformed_object/preprocessing",
    },
    notes: [
      "KNN imputation filled 1 cell in 1 training row and 2 cells in 2 test rows",
      "2 missing cells stay missing, for the model to deal with",
    ],
  });
  // city: Bonn 0, Ulm 1; Rom was never seen. The row of age 10 without a state takes the mean of its two
  // nearest with one: 0 at age 10, -1 at age 20.
  const train = await readNpy(join(folder, artifact.files.train));
  expect(train).toEqual({
    data: Float64Array.of(10, 0, 0, 1, 10, 0, -0.5, 1, 20, NaN, -1, 0, 30, 1, 1, 0),
    rows: 4,
    cols: 4,
  });
  expect((await readNpy(join(folder, artifact.files.trainRows))).data).toEqual(
    Float64Array.of(3, 503, 1, 2, 502, 1, 4, 504, 1, 1, 501, 1),
  );
  // Without its age the first test row is at distance 0 of state 1 (age 30), then 1 of state 0 (age 10).
  const test = await readNpy(join(folder, artifact.files.test));
  expect(test.data).toEqual(Float64Array.of(12, 1, -0.5, 1, 20, NaN, 1, 0));
  expect((await readNpy(join(folder, artifact.files.testRows))).data).toEqual(
    Float64Array.of(6, 506, 1, 5, 505, 1),
  );
});

test("the preprocessing file holds what predictions need", async () => {
  const { artifact, folder } = await run(
    "inputs",
    await ingested("inputs", tableOf(TRAIN, 1), tableOf(TEST, 5)),
  );
  const inputs = decodeInputs(await readFile(join(folder, artifact.files.preprocessing)));
  expect(inputs.features).toEqual([
    { kind: "numeric", name: "age", minimum: 0 },
    { kind: "categorical", name: "city", categories: ["Bonn", "Ulm"] },
    { kind: "numeric", name: "state", values: [-1, 0, 1] },
  ]);
  expect(inputs.missingMarkers).toEqual(["NA"]);
  expect(inputs.classes).toEqual({
    negative: { name: "ham", label: 1 },
    positive: { name: "spam", label: -1 },
  });
  expect(inputs.profile.map(({ name, count, missing }) => [name, count, missing])).toEqual([
    ["age", 4, 0],
    ["city", 4, 1],
    ["state", 4, 1],
  ]);
  const { imputer } = inputs.preprocessor;
  expect(imputer).toMatchObject({ kind: "knn", neighbors: 2, columns: Int32Array.of(0, 2) });
  expect(imputer.kind === "knn" && imputer.donors.toSorted()).toEqual(
    Float64Array.of(-1, 0, 1, 10, 10, 20, 30, NaN),
  );
});

function manyRows(count: number): readonly Row[] {
  const random = new SeededRandom(17);
  return Array.from({ length: count }, () => ({
    age: random.uniform() < 0.1 ? null : random.integer(5),
    city: random.uniform() < 0.1 ? null : (["Bonn", "Rom", "Ulm"][random.integer(3)] ?? null),
    state: random.uniform() < 0.1 ? null : random.integer(3) - 1,
    y: random.uniform() < 0.5 ? "1" : "-1",
  }));
}

test("matrices and preprocessing do not depend on the order of the source's rows", async () => {
  const train = tableOf(manyRows(300), 1);
  const test = tableOf(manyRows(60), 301);
  const params = { ...PARAMS, knn: { ...PARAMS.knn, maximum_donors: 20 } };
  const shuffled = (table: Table): Table => {
    const order = Array.from({ length: table.rowCount }, (_, row) => row);
    new SeededRandom(3).shuffle(order);
    const moved = takeRows(table, order);
    const columns = moved.columns.map(
      (column) =>
        table.columns.find(({ name }) => name === column.name && name === "__source_row") ?? column,
    );
    return { ...moved, columns };
  };
  const straight = await run("straight", await ingested("straight", train, test), params);
  const other = await run(
    "other",
    await ingested("other", shuffled(train), shuffled(test)),
    params,
  );
  for (const file of ["train", "test", "preprocessing"] as const) {
    const bytes = await readFile(join(straight.folder, straight.artifact.files[file]));
    const otherBytes = await readFile(join(other.folder, other.artifact.files[file]));
    expect(bytes.equals(otherBytes)).toBe(true);
  }
});

test("a weight column counts as copies", async () => {
  const rows = manyRows(50);
  const weights = rows.map((_, i) => 1 + (i % 3));
  const copies = rows.flatMap((row, i) => Array.from({ length: weights[i] ?? 0 }, () => row));
  const schema = { ...SCHEMA, weight: "n" };
  const test = tableOf(rows.slice(0, 10), 900, [
    numeric(
      "n",
      Array.from({ length: 10 }, () => 1),
    ),
  ]);
  const weighted = await run(
    "weighted",
    await ingested("weighted", tableOf(rows, 1, [numeric("n", weights)]), test, schema),
  );
  const expanded = await run(
    "expanded",
    await ingested("expanded", tableOf(copies, 1), tableOf(rows.slice(0, 10), 900)),
  );
  for (const file of ["test", "preprocessing"] as const) {
    const bytes = await readFile(join(weighted.folder, weighted.artifact.files[file]));
    const otherBytes = await readFile(join(expanded.folder, expanded.artifact.files[file]));
    expect(bytes.equals(otherBytes)).toBe(true);
  }
  const { data, cols } = await readNpy(join(weighted.folder, weighted.artifact.files.trainRows));
  const sum = data.filter((_, i) => i % cols === 2).reduce((a, b) => a + b, 0);
  expect(sum).toBe(copies.length);
});

test("a column without a value in training stays missing, and the notes say so", async () => {
  const empty = (rows: readonly Row[]) => rows.map((row) => ({ ...row, age: null }));
  const { artifact, folder } = await run(
    "empty",
    await ingested("empty", tableOf(empty(TRAIN), 1), tableOf(TEST, 5)),
  );
  expect(artifact.notes).toContain(
    "No row of the training part has a value in 'age': nothing can fill the gaps, and the model learns nothing from it",
  );
  const { data, cols } = await readNpy(join(folder, artifact.files.train));
  expect(data.filter((_, i) => i % cols === 0)).toEqual(Float64Array.of(NaN, NaN, NaN, NaN));
});

test("without an imputer missing cells stay", async () => {
  const ingestion = await ingested("none", tableOf(TRAIN, 1), tableOf(TEST, 5));
  const { artifact } = await run("none", ingestion, { ...PARAMS, imputer: "none" });
  expect(artifact.imputedCells).toEqual({ train: 0, test: 0 });
  expect(artifact.notes).toEqual(["5 missing cells stay missing, for the model to deal with"]);
});

test("refuses labels of neither class", async () => {
  const positive = SCHEMA.label.positive;
  const schema = {
    ...SCHEMA,
    label: { ...SCHEMA.label, positive, negative: { name: "ham", values: ["0"] } },
  };
  const ingestion = await ingested("labels", tableOf(TRAIN, 1), tableOf(TEST, 5), schema);
  await expect(run("labels", ingestion)).rejects.toMatchObject({
    code: "TABLE_PART_BAD",
    message: "Ingested rows must have a label of one of the two classes, got '1'",
  });
});

test("an abort stops it", async () => {
  const ingestion = await ingested("abort", tableOf(TRAIN, 1), tableOf(TEST, 5));
  const signal = AbortSignal.abort({ code: "STOPPED" });
  const running = transform({ ingestion }, PARAMS, contextOf(join(root, "abort-out"), signal));
  await expect(running).rejects.toMatchObject({ code: "STOPPED" });
});
