/*
 * A table is float64, row-major, `cols` a row. `list` has the rows that take part, int32; NaN is a missing cell.
 */

/**
 * Weighted mean and standard deviation of a column's present cells; 0 and 0 when there are none.
 *
 * @param weights in the order of the list
 * @param moments OUT, two float64
 */
export function findMoments(
  table: usize, cols: i32, column: i32, list: usize, count: i32, weights: usize, moments: usize,
): void {
  const first = table + (<usize>column << 3);
  const stride = <usize>cols << 3;
  let weight: f64 = 0;
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) {
    const value = load<f64>(first + <usize>load<u32>(list + (<usize>i << 2)) * stride);
    if (value !== value) continue;
    const w = load<f64>(weights + (<usize>i << 3));
    weight += w;
    sum += w * value;
  }
  store<f64>(moments, 0);
  store<f64>(moments, 0, 8);
  if (weight === 0) return;
  const mean = sum / weight;
  let squares: f64 = 0;
  for (let i = 0; i < count; i++) {
    const off = load<f64>(first + <usize>load<u32>(list + (<usize>i << 2)) * stride) - mean;
    if (off === off) squares += load<f64>(weights + (<usize>i << 3)) * (off * off);
  }
  store<f64>(moments, mean);
  store<f64>(moments, sqrt(squares / weight), 8);
}

/**
 * OUT a column of `inputs`, one float64 every `width`: the table's, centred and scaled. A missing cell's is left as it
 * is.
 */
export function fillNumbers(
  table: usize, cols: i32, column: i32, list: usize, count: i32, center: f64, scale: f64,
  inputs: usize, width: i32,
): void {
  const first = table + (<usize>column << 3);
  let to = inputs;
  for (let i = 0; i < count; i++, to += <usize>width << 3) {
    const value = load<f64>(first + <usize>load<u32>(list + (<usize>i << 2)) * (<usize>cols << 3));
    if (value === value) store<f64>(to, (value - center) / scale);
  }
}
