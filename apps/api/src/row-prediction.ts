import type { CellProblem, RowPrediction } from "@gillnet/model-bundle";

/** Something about a row that its reader should know; `column` is "" when it concerns the whole row. */
export interface RowProblem extends Omit<CellProblem, "code"> {
  readonly code: CellProblem["code"] | "CELL_COUNT";
}

/** What the model says of a row of the outside world, CSV or JSON. All three are null when a problem is fatal. */
export interface ApiPrediction extends Pick<RowPrediction, "label" | "probability" | "verdict"> {
  readonly problems: readonly RowProblem[];
}

/** One prediction as JSON answers carry it. */
export interface PredictionAnswer extends Pick<ApiPrediction, "label" | "probability" | "verdict"> {
  /** The row's own `id`, where it has one and the model does not read it. */
  readonly id?: string | number;
  /** Why there is no prediction; the first fatal problem. `row` is 1 for the first row. */
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly row: number;
    readonly column: string;
  };
  readonly problems?: readonly RowProblem[];
}

/** The JSON form of a prediction; `row` is 1 for the first row. */
export function predictionAnswer(
  prediction: ApiPrediction,
  row: number,
  id?: string | number,
): PredictionAnswer {
  const { label, probability, verdict, problems } = prediction;
  const fatal = problems.find((problem) => problem.fatal);
  return {
    ...(id === undefined ? {} : { id }),
    label,
    probability,
    verdict,
    ...(fatal === undefined
      ? {}
      : { error: { code: fatal.code, message: fatal.message, row, column: fatal.column } }),
    ...(problems.length === 0 ? {} : { problems }),
  };
}
