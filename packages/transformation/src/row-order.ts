import type { RowMajorF64 } from "@gillnet/entity";

/** Orders two cells ascending, missing (NaN) last. */
export function compareCells(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0);
}

/** Orders rows `a` and `b` by their cells in `columns`, the first column first; 0 when all are equal. */
export function compareRows(
  matrix: RowMajorF64,
  columns: ArrayLike<number>,
  a: number,
  b: number,
): number {
  const { data, cols } = matrix;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as number;
    const order = compareCells(
      data[a * cols + column] as number,
      data[b * cols + column] as number,
    );
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * The rows' indices in ascending order of their cells in `columns`, then by each array of `ties` in turn
 * (one value a row), then by index. O(rows * log(rows) * columns).
 */
export function orderRows(
  matrix: RowMajorF64,
  columns: ArrayLike<number>,
  ties: readonly ArrayLike<number>[] = [],
): Uint32Array {
  const order = new Uint32Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) order[row] = row;
  return order.sort((a, b) => {
    let difference = compareRows(matrix, columns, a, b);
    for (let i = 0; difference === 0 && i < ties.length; i++) {
      const values = ties[i] as ArrayLike<number>;
      difference = compareCells(values[a] as number, values[b] as number);
    }
    return difference === 0 ? a - b : difference;
  });
}
