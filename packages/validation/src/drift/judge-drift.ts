import type { DriftParams } from "../params.ts";
import { adjustPValues } from "../statistics/adjust-p-values.ts";
import type { TwoSampleTest } from "./two-sample-test.ts";

/** One column of the drift report. */
export interface ColumnDrift {
  readonly column: string;
  /** Null when the column could not be tested. */
  readonly test: TwoSampleTest | null;
  /** By Benjamini and Hochberg, over all columns that were tested. */
  readonly adjustedPValue: number | null;
  readonly drifted: boolean;
}

/** Says which columns have drifted: those that differ by more than chance, over all columns, and by enough to matter. */
export function judgeDrift(
  columns: readonly { readonly column: string; readonly test: TwoSampleTest | null }[],
  params: DriftParams,
): readonly ColumnDrift[] {
  const tested = columns.flatMap(({ test }) => (test === null ? [] : [test]));
  const adjusted = adjustPValues(tested.map(({ pValue }) => pValue));
  const adjustedOf = new Map(tested.map((test, i) => [test, adjusted[i] as number]));
  return columns.map(({ column, test }) => {
    const adjustedPValue = test === null ? null : (adjustedOf.get(test) as number);
    return {
      column,
      test,
      adjustedPValue,
      drifted:
        test !== null &&
        (adjustedPValue as number) <= params.alpha &&
        test.effect >= params.minimum_effect,
    };
  });
}
