import type { RowMajorF64 } from "@gillnet/entity";

/**
 * Weighted mean and standard deviation of a column's present cells; 0 and 0 when there are none.
 *
 * @param rows those that take part
 * @param weights one a row of `x`
 */
export function columnMoments(
  x: RowMajorF64,
  column: number,
  rows: ArrayLike<number>,
  weights: Float64Array,
): [mean: number, deviation: number] {
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = x.data[row * x.cols + column] as number;
    if (Number.isNaN(value)) continue;
    weight += weights[row] as number;
    sum += (weights[row] as number) * value;
  }
  if (weight === 0) return [0, 0];
  const mean = sum / weight;
  let squares = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = x.data[row * x.cols + column] as number;
    if (!Number.isNaN(value)) squares += (weights[row] as number) * (value - mean) ** 2;
  }
  return [mean, Math.sqrt(squares / weight)];
}
