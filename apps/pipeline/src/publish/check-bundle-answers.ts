import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalNumber, cellValue, countOf } from "@gillnet/entity";
import type { RowMajorF64, Table } from "@gillnet/entity";
import { sha256 } from "@gillnet/entity/node";
import type { GateVerdict, JudgedArtifacts } from "./gates.ts";
import { readTestRows } from "./test-rows.ts";

/** So many test rows are also asked as text, from parsing on: enough to meet every value of a column. */
const GOLDEN_ROWS = 500;

/**
 * The gate that a bundle must pass whatever pipeline.yaml says: decoded from its file, it gives every
 * test row exactly the probability that the trainer recorded; and so it does for rows given as text, the
 * way a server gets them. The value is the number of wrong answers, the bound is none.
 *
 * Error: the signal's reason when it is aborted.
 */
export async function checkBundleAnswers(
  artifacts: JudgedArtifacts,
  signal: AbortSignal,
): Promise<GateVerdict> {
  let wrong: number;
  let sentence: string;
  try {
    const { matrixWrong, rows, textWrong, asked } = await countWrongAnswers(artifacts, signal);
    wrong = matrixWrong + textWrong;
    sentence =
      wrong === 0
        ? `The bundle gives the trainer's probabilities for ${countOf(rows, "test row")}, ${asked} of them also as text`
        : `The bundle differs from the trainer on ${matrixWrong} of ${countOf(rows, "test row")}, and on ${textWrong} of ${asked} given as text`;
  } catch (error) {
    signal.throwIfAborted();
    wrong = 1;
    sentence = `The bundle cannot be asked: ${error instanceof Error ? error.message : String(error)}`;
  }
  return { name: "bundle_answers", passed: wrong === 0, value: wrong, bound: 0, sentence };
}

async function countWrongAnswers(
  { ingestion, transformation, trainer }: JudgedArtifacts,
  signal: AbortSignal,
): Promise<{
  matrixWrong: number;
  rows: number;
  textWrong: number;
  asked: number;
}> {
  const { decodeBundle, predictProbabilities, predictRows } = await import("@gillnet/model-bundle");
  const { readNpy } = await import("@gillnet/table");
  const bytes = await readFile(join(trainer.folder, trainer.artifact.files.bundle));
  if (sha256(bytes) !== trainer.artifact.bundleHash) {
    throw new Error("its file is not the one that the trainer wrote");
  }
  const bundle = decodeBundle(bytes);
  const { files } = transformation.artifact;
  const matrix = withoutLabel(await readNpy(join(transformation.folder, files.test)));
  const expected = await readNpy(join(trainer.folder, trainer.artifact.files.testProbabilities));
  const answers = predictProbabilities(bundle.model, matrix);
  let matrixWrong = Math.abs(answers.length - expected.rows);
  for (let row = 0; row < answers.length; row++) {
    if (answers[row] !== expected.data[row]) matrixWrong++;
  }

  const rowOf = await readRowNumbers(join(transformation.folder, files.testRows), readNpy);
  const { table, sourceRows } = await readTestRows(ingestion, signal);
  const golden = spread(table.rowCount, GOLDEN_ROWS);
  const predictions = predictRows(
    bundle,
    golden.map((row) => rowAsText(table, row)),
  );
  const textWrong = predictions.filter(({ probability }, i) => {
    const row = rowOf.get(sourceRows[golden[i] as number] as number);
    return row === undefined || probability !== expected.data[row];
  }).length;
  return { matrixWrong, rows: answers.length, textWrong, asked: golden.length };
}

/** The features of a matrix whose last column is the label. */
function withoutLabel({ data, rows, cols }: RowMajorF64): RowMajorF64 {
  const kept = cols - 1;
  const features = new Float64Array(rows * kept);
  for (let row = 0; row < rows; row++) {
    features.set(data.subarray(row * cols, row * cols + kept), row * kept);
  }
  return { data: features, rows, cols: kept };
}

/** Row of the matrix by row of the source. */
async function readRowNumbers(
  path: string,
  readNpy: (path: string) => Promise<RowMajorF64>,
): Promise<Map<number, number>> {
  const { data, rows, cols } = await readNpy(path);
  const rowOf = new Map<number, number>();
  for (let row = 0; row < rows; row++) rowOf.set(data[row * cols] as number, row);
  return rowOf;
}

/** Up to `most` of the numbers below `count`, evenly apart. */
function spread(count: number, most: number): number[] {
  const length = Math.min(count, most);
  return Array.from({ length }, (_, i) => Math.floor((i * count) / length));
}

function rowAsText(table: Table, row: number): Record<string, string> {
  return Object.fromEntries(
    table.columns.map((column) => {
      const value = cellValue(column, row);
      return [column.name, typeof value === "number" ? canonicalNumber(value) : (value ?? "")];
    }),
  );
}
