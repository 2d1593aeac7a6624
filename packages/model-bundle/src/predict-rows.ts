import type { Bundle } from "./bundle.ts";
import { encodeRows } from "./encode-rows.ts";
import type { CellProblem } from "./parse-cell.ts";
import { predictProbabilities } from "./predict-probabilities.ts";
import { preprocess } from "./preprocess.ts";

/** What the model says of one row. All three are null when a problem is fatal. */
export interface RowPrediction {
  /** The label's own value of the predicted class. */
  readonly label: string | number | null;
  /** Of the positive class. */
  readonly probability: number | null;
  /** The predicted class's name. */
  readonly verdict: string | null;
  readonly problems: readonly CellProblem[];
}

/**
 * Predicts rows of the outside world, in order. A bad row never spoils the others: it carries its
 * problems and no prediction.
 *
 * @param rows text as it stands in a CSV file, or values of JSON, by column name.
 * @example
 * const [prediction] = predictRows(decodeBundle(bytes), [{ length: "54", country: "NL" }]);
 */
export function predictRows(
  bundle: Bundle,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly RowPrediction[] {
  const { matrix, problems } = encodeRows(bundle, rows);
  const probabilities = predictProbabilities(bundle.model, preprocess(bundle.preprocessor, matrix));
  return problems.map((found, row): RowPrediction => {
    if (found.some((problem) => problem.fatal)) {
      return { label: null, probability: null, verdict: null, problems: found };
    }
    const probability = probabilities[row] as number;
    const { name, label } =
      probability >= bundle.threshold ? bundle.classes.positive : bundle.classes.negative;
    return { label, probability, verdict: name, problems: found };
  });
}
