import type { RowMajorF64 } from "@gillnet/entity";

import { sharedF64 } from "../engine/shared-memory.ts";
import { distinctWords } from "./distinct-words.ts";

/** The distinct rows of a matrix, in an order that hangs on their content alone. */
export interface DistinctRows {
  /** In shared memory. */
  readonly x: RowMajorF64;
  /** For each row of the matrix, its index in `x`. */
  readonly indexOf: Int32Array;
}

/**
 * Finds the distinct rows. The result is the same, `indexOf` apart, in whatever order the rows come. O(cells).
 *
 * @param matrix equal numbers have equal bits: no -0, and one NaN only
 */
export function distinctRows({ data, rows, cols }: RowMajorF64): DistinctRows {
  const words = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
  const { first, indexOf } = distinctWords(words, rows, 2 * cols);
  const distinct = sharedF64(first.length * cols);
  first.forEach((row, index) => {
    for (let i = index * cols, from = row * cols, end = i + cols; i < end; i++, from++) {
      distinct[i] = data[from] as number;
    }
  });
  return { x: { data: distinct, rows: first.length, cols }, indexOf };
}
