/** A dense matrix of doubles in row-major (C) order: cell (r, c) is `data[r * cols + c]`. Missing is NaN. */
export interface RowMajorF64 {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
}

/** A dense matrix of bytes in column-major order: cell (r, c) is `data[c * rows + r]`. */
export interface ColumnMajorU8 {
  readonly data: Uint8Array;
  readonly rows: number;
  readonly cols: number;
}
