import { inOrder, sortByKey } from "./sort-by-key.ts";

/** Shorter runs of numbers whose upper halves are equal are sorted by insertion. */
const SHORT_RUN = 32;

/**
 * Indices in ascending order of value, ties by index; -0 equals 0. By radix sort on the bits of the values, with the
 * sign bit turned so that they are in the values' order: first by the upper 32, then, where those tie, by the
 * lower. O(values).
 *
 * @param values no NaN; not changed
 */
export function ascendingOrder(values: Float64Array): Int32Array<ArrayBuffer> {
  const n = values.length;
  const copy = new Float64Array(n);
  // Adding 0 turns -0 into 0.
  for (let i = 0; i < n; i++) copy[i] = (values[i] as number) + 0;
  const words = new Int32Array(copy.buffer);
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const bits = words[2 * i + 1] as number;
    const turned = bits >> 31;
    low[i] = (words[2 * i] as number) ^ turned;
    high[i] = bits ^ (turned | -2147483648);
  }
  const order = sortByKey(inOrder(n), high);
  for (let start = 0; start < n;) {
    const upper = high[order[start] as number];
    let end = start + 1;
    while (end < n && high[order[end] as number] === upper) end++;
    if (end - start > SHORT_RUN) order.set(sortByKey(order.slice(start, end), low), start);
    else if (end - start > 1) insertByKey(order, low, start, end);
    start = end;
  }
  return order;
}

/** Sorts order[start..end) by key, stable. */
function insertByKey(order: Int32Array, keys: Uint32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const index = order[i] as number;
    const key = keys[index] as number;
    let at = i;
    for (; at > start && (keys[order[at - 1] as number] as number) > key; at--) {
      order[at] = order[at - 1] as number;
    }
    order[at] = index;
  }
}
