import type { ModelClasses, PredictionAnswer, RowProblem } from "./api-types.ts";
import type { CsvIndex } from "./csv-index.ts";
import { indexCsv } from "./csv-index.ts";

/** What the model says of a row, as the codes of `AnswerTable.verdict`. */
export const NEGATIVE = 0;
export const POSITIVE = 1;
export const UNPREDICTED = 2;

/**
 * The rows of a file with their predictions, in columns: half a million rows are a few typed arrays that
 * pass from the worker to the page without being copied, and sort in a fraction of a second.
 */
export interface AnswerTable {
  readonly model: PredictionAnswer["model"];
  readonly classes: ModelClasses;
  /** One sentence, without a full stop. */
  readonly summary: string;
  readonly rowCount: number;
  /** Per row NEGATIVE, POSITIVE or UNPREDICTED. */
  readonly verdict: Uint8Array;
  /** Per row the probability of the positive class; NaN where there is no prediction. */
  readonly probability: Float64Array;
  /** The problems of row r are those named by `problemId` from `problemStart[r]` up to `problemStart[r + 1]`. */
  readonly problemStart: Uint32Array;
  readonly problemId: Uint32Array;
  /** Each different problem once. */
  readonly problems: readonly RowProblem[];
  /** The file that was given. */
  readonly csv: CsvIndex;
}

/**
 * Puts the answer to an upload and the uploaded text side by side.
 * Throws an Error when the two have not the same number of rows, for no row may get another's prediction,
 * and when `classes` are not those of the model that answered.
 */
export function answerTable(
  answer: PredictionAnswer,
  csvText: string,
  classes: ModelClasses,
): AnswerTable {
  const { predictions } = answer;
  const csv = indexCsv(csvText);
  const rowCount = predictions.length;
  if (csv.rowStart.length !== rowCount) {
    throw new Error(`The file has ${csv.rowStart.length} rows, the answer ${rowCount}`);
  }
  const verdict = new Uint8Array(rowCount);
  const probability = new Float64Array(rowCount);
  const problemStart = new Uint32Array(rowCount + 1);
  const problemIds: number[] = [];
  const problems: RowProblem[] = [];
  const idOfProblem = new Map<string, number>();
  for (const [row, prediction] of predictions.entries()) {
    verdict[row] = verdictOf(prediction.label, classes);
    probability[row] = prediction.probability ?? Number.NaN;
    for (const problem of prediction.problems ?? []) {
      let id = idOfProblem.get(problem.message);
      if (id === undefined) {
        id = problems.length;
        idOfProblem.set(problem.message, id);
        problems.push(problem);
      }
      problemIds.push(id);
    }
    problemStart[row + 1] = problemIds.length;
  }
  return {
    model: answer.model,
    classes,
    summary: answer.summary ?? "",
    rowCount,
    verdict,
    probability,
    problemStart,
    problemId: Uint32Array.from(problemIds),
    problems,
    csv,
  };
}

/** The code for a prediction's label. Throws an Error for one of neither class: another model has answered. */
export function verdictOf(label: string | number | null, classes: ModelClasses): number {
  if (label === null) return UNPREDICTED;
  if (label === classes.positive.label) return POSITIVE;
  if (label === classes.negative.label) return NEGATIVE;
  throw new Error(`The answer has the label ${label}, which is of neither class`);
}

/** What is odd about a row; empty for most. */
export function problemsOfRow(table: AnswerTable, row: number): RowProblem[] {
  const ids = table.problemId.subarray(table.problemStart[row], table.problemStart[row + 1]);
  return Array.from(ids, (id) => table.problems[id] as RowProblem);
}

export function problemCount(table: AnswerTable, row: number): number {
  return (table.problemStart[row + 1] as number) - (table.problemStart[row] as number);
}

/** The buffers that may be handed over instead of copied. */
export function buffersOf({
  verdict,
  probability,
  problemStart,
  problemId,
  csv,
}: AnswerTable): ArrayBuffer[] {
  return [verdict, probability, problemStart, problemId, csv.rowStart, csv.rowEnd].map(
    (array) => array.buffer as ArrayBuffer,
  );
}
