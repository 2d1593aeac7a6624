import { SORT_COUNTS } from "./rows/header.ts";
import { RowKernel } from "./rows/row-kernel.ts";

/**
 * Indices in ascending order of value, ties by index; -0 equals 0. By radix sort on the bits of the values, with the
 * sign bit turned so that they are in the values' order. O(values).
 *
 * @param values no NaN; not changed
 */
export function ascendingOrder(values: Float64Array): Int32Array<ArrayBuffer> {
  const n = values.length;
  return RowKernel.use((kernel) => {
    const atValues = kernel.reserve(n * 8);
    const order = kernel.reserve(n * 4);
    const entries = kernel.reserve(2 * n * 16);
    const counts = kernel.reserve(SORT_COUNTS * 4);
    kernel.f64(atValues, n).set(values);
    kernel.run.orderNumbers(atValues, n, order, entries, counts);
    return new Int32Array(kernel.u32(order, n));
  });
}
