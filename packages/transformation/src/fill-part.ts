import { setImmediate } from "node:timers/promises";
import type { RowMajorF64 } from "@gillnet/entity";
import { preprocess } from "@gillnet/model-bundle";
import type { Preprocessor } from "@gillnet/model-bundle";

/** Rows between two looks at the clock's other users: some 50 ms of work. */
const ROWS_AT_ONCE = 1024;

/** A part's preprocessed matrix and how much of it imputation filled. */
export interface FilledPart {
  readonly matrix: RowMajorF64;
  readonly filledCells: number;
  /** Rows with a filled cell. */
  readonly filledRows: number;
  /** Cells that are missing still. */
  readonly missingCells: number;
}

/**
 * Applies the fitted preprocessor as predictions do, a piece at a time.
 *
 * @param onProgress told how many rows are done.
 * @throws the signal's reason soon after it is aborted.
 */
export async function fillPart(
  preprocessor: Preprocessor,
  inputs: RowMajorF64,
  onProgress: (rowsDone: number) => void,
  signal: AbortSignal,
): Promise<FilledPart> {
  const { rows, cols } = inputs;
  const data = new Float64Array(rows * cols);
  let filledCells = 0;
  let filledRows = 0;
  let missingCells = 0;
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    await setImmediate();
    signal.throwIfAborted();
    const end = Math.min(first + ROWS_AT_ONCE, rows);
    const piece = inputs.data.subarray(first * cols, end * cols);
    const filled = preprocess(preprocessor, { data: piece, rows: end - first, cols });
    data.set(filled.data, first * cols);
    for (let row = 0; row < end - first; row++) {
      let cells = 0;
      for (let at = row * cols; at < (row + 1) * cols; at++) {
        if (!Number.isNaN(piece[at])) continue;
        if (Number.isNaN(filled.data[at])) missingCells++;
        else cells++;
      }
      filledCells += cells;
      if (cells > 0) filledRows++;
    }
    onProgress(end);
  }
  return { matrix: { data, rows, cols }, filledCells, filledRows, missingCells };
}
