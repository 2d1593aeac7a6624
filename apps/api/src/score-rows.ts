import { predictRows } from "@gillnet/model-bundle";
import type { Bundle } from "@gillnet/model-bundle";
import type { ApiPrediction } from "./row-prediction.ts";
import { ROWS_AT_ONCE, timeSlicer } from "./time-slice.ts";

/** Predicts JSON rows, in order, in slices that leave the event loop to others in between. */
export async function scoreRows(
  rows: readonly Readonly<Record<string, unknown>>[],
  bundle: Bundle,
  signal: AbortSignal,
): Promise<ApiPrediction[]> {
  const pause = timeSlicer(signal);
  const predictions: ApiPrediction[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    predictions.push(...predictRows(bundle, rows.slice(start, start + ROWS_AT_ONCE)));
    await pause();
  }
  return predictions;
}
