import type { RowMajorF64 } from "@gillnet/entity";

import { sharedF64 } from "../engine/shared-memory.ts";

/** The distinct rows of a matrix, in ascending order, missing after every number. */
export interface DistinctRows {
  /** In shared memory. */
  readonly x: RowMajorF64;
  /** For each row of the matrix, its index in `x`. */
  readonly indexOf: Int32Array;
}

/**
 * Finds the distinct rows. The result is the same, `indexOf` apart, in whatever order the rows come.
 * O(rows log rows) comparisons of rows.
 */
export function distinctRows(matrix: RowMajorF64): DistinctRows {
  const { data, rows, cols } = matrix;
  const compare = (a: number, b: number): number => {
    for (let i = a * cols, j = b * cols, end = i + cols; i < end; i++, j++) {
      const x = data[i] as number;
      const y = data[j] as number;
      if (x < y) return -1;
      if (x > y) return 1;
      if (x !== y && Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
    }
    return 0;
  };
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  order.sort(compare);

  const indexOf = new Int32Array(rows);
  const first: number[] = [];
  for (let i = 0; i < rows; i++) {
    const row = order[i] as number;
    if (i === 0 || compare(order[i - 1] as number, row) !== 0) first.push(row);
    indexOf[row] = first.length - 1;
  }
  const distinct = sharedF64(first.length * cols);
  first.forEach((row, index) => {
    distinct.set(data.subarray(row * cols, (row + 1) * cols), index * cols);
  });
  return { x: { data: distinct, rows: first.length, cols }, indexOf };
}
