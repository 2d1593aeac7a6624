import type { BinnedMatrix } from "./dtypes.ts";

/**
 * The bin codes of a table row by row: the code of `column` in `row` is data[row * stride + column]. A node with
 * few rows, scattered over the table, finds all it looks at of a row in one place.
 */
export interface CodeRecords {
  readonly data: Uint8Array;
  /** Bytes from one row to the next: the number of columns, rounded up to whole words. */
  readonly stride: number;
}

/** Rows that are turned at a time, so that what is written stays in the cache. */
const TURNED_ROWS = 256;

/** Room for the codes of some rows. */
export function createRecords(rows: number, cols: number): CodeRecords {
  const stride = 4 * Math.ceil(cols / 4);
  return { data: new Uint8Array(rows * stride), stride };
}

/** A table's codes, row by row. O(rows * cols). */
export function recordsOf({ data, rows, cols }: BinnedMatrix["codes"]): CodeRecords {
  const records = createRecords(rows, cols);
  for (let from = 0; from < rows; from += TURNED_ROWS) {
    const to = Math.min(rows, from + TURNED_ROWS);
    for (let column = 0; column < cols; column++) {
      turn(data, column * rows, from, to, records.data, records.stride, column);
    }
  }
  return records;
}

function turn(
  codes: Uint8Array,
  start: number,
  from: number,
  to: number,
  records: Uint8Array,
  stride: number,
  column: number,
): void {
  for (let row = from; row < to; row++) {
    records[row * stride + column] = codes[start + row] as number;
  }
}
