import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SeededRandom } from "@gillnet/entity";
import type {
  ArtifactHandle,
  IngestionArtifact,
  RowMajorF64,
  StageContext,
  TransformationArtifact,
} from "@gillnet/entity";
import { encodeInputs, encodeTable } from "@gillnet/model-bundle";
import type { FittedInputs } from "@gillnet/model-bundle";
import { readIngestedPart, writeNpy } from "@gillnet/table";
import { buildProfile } from "./build-profile.ts";
import { describeClasses, describeFeatures } from "./describe-inputs.ts";
import { fillPart } from "./fill-part.ts";
import { fitPreprocessor } from "./fit-preprocessor.ts";
import { describeFilling } from "./describe-filling.ts";
import { orderPart } from "./order-part.ts";
import type { TransformationParams } from "./params.ts";

const FILES: TransformationArtifact["files"] = {
  train: "transformed/train.npy",
  test: "transformed/test.npy",
  trainRows: "transformed/train_rows.npy",
  testRows: "transformed/test_rows.npy",
  preprocessing: "transformed_object/preprocessing",
};

/**
 * Turns ingestion's train and test tables into matrices, and fits on the training part what predictions
 * will need to do the same: categories, imputer, profile.
 *
 * Rows come out in the order of their content (see `orderPart`), so train.npy, test.npy and preprocessing
 * are the same bytes whatever the order of the source's rows. Only the training part is fitted on.
 *
 * @throws TABLE_PART_BAD; what the table
 *   package throws for unreadable files; the signal's reason when it is aborted.
 * @example
 * const artifact = await transform({ ingestion }, { imputer: "knn", knn }, context);
 * artifact.files.train; // "transformed/train.npy"
 */
export async function transform(
  inputs: { readonly ingestion: ArtifactHandle<IngestionArtifact> },
  params: TransformationParams,
  context: StageContext,
): Promise<TransformationArtifact> {
  const { artifact: ingestion, folder } = inputs.ingestion;
  const { schema } = ingestion;
  const { signal } = context;

  context.progress({ fraction: 0, message: "reading train and test" });
  const trainPart = await readIngestedPart(join(folder, ingestion.files.train), schema, signal);
  const testPart = await readIngestedPart(join(folder, ingestion.files.test), schema, signal);

  context.progress({ fraction: 0.1, message: "fitting the preprocessor" });
  const features = describeFeatures(schema.features, trainPart.table);
  const train = orderPart(trainPart, encodeTable(features, trainPart.table));
  const test = orderPart(testPart, encodeTable(features, testPart.table));
  const random = new SeededRandom(context.seed).fork("transformation");
  const { preprocessor, notes } = fitPreprocessor(features, train, params, random);
  const fitted: FittedInputs = {
    features,
    missingMarkers: schema.missingMarkers,
    classes: describeClasses(schema, trainPart),
    preprocessor,
    profile: buildProfile(features, train.inputs, train.weights),
  };

  const rows = train.inputs.rows + test.inputs.rows;
  const report = (done: number): void =>
    context.progress({ fraction: 0.2 + (0.7 * done) / rows, message: "filling missing cells" });
  const filledTrain = await fillPart(preprocessor, train.inputs, report, signal);
  const filledTest = await fillPart(
    preprocessor,
    test.inputs,
    (done) => report(train.inputs.rows + done),
    signal,
  );

  context.progress({ fraction: 0.9, message: "writing the matrices" });
  const { output } = context;
  await writeNpy(output.path(FILES.train), withLabel(filledTrain.matrix, train.classes));
  await writeNpy(output.path(FILES.test), withLabel(filledTest.matrix, test.classes));
  await writeNpy(output.path(FILES.trainRows), train.provenance);
  await writeNpy(output.path(FILES.testRows), test.provenance);
  await writeFile(output.path(FILES.preprocessing), encodeInputs(fitted));

  return {
    stage: "transformation",
    groupedBy: ingestion.split.by,
    features: features.map(({ name }) => name),
    trainRows: train.inputs.rows,
    testRows: test.inputs.rows,
    imputedCells: { train: filledTrain.filledCells, test: filledTest.filledCells },
    files: FILES,
    notes: [...describeFilling(preprocessor.imputer, filledTrain, filledTest), ...notes],
  };
}

/** The matrix with the classes as one more column at its end. */
function withLabel(matrix: RowMajorF64, classes: Uint8Array): RowMajorF64 {
  const { data, rows, cols } = matrix;
  const wider = new Float64Array(rows * (cols + 1));
  for (let row = 0; row < rows; row++) {
    wider.set(data.subarray(row * cols, (row + 1) * cols), row * (cols + 1));
    wider[row * (cols + 1) + cols] = classes[row] as number;
  }
  return { data: wider, rows, cols: cols + 1 };
}
