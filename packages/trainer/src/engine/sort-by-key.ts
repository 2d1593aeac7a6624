import { SORT_COUNTS } from "./rows/header.ts";
import { RowKernel } from "./rows/row-kernel.ts";

/**
 * Sorts indices by key, ascending and stable, by radix. O(indices + keys + 2048).
 *
 * @param order IN: indices of `keys`, at first in the order that equal keys keep. Not changed
 * @param keys 32 bits at most, not negative
 */
export function sortByKey(
  order: Int32Array,
  keys: Int32Array | Uint32Array | Uint8Array,
): Int32Array<ArrayBuffer> {
  const n = order.length;
  return RowKernel.use((kernel) => {
    const atOrder = kernel.reserve(n * 4);
    const atKeys = kernel.reserve(keys.length * 4);
    const pairs = kernel.reserve(2 * n * 8);
    const counts = kernel.reserve(SORT_COUNTS * 4);
    kernel.u32(atOrder, n).set(order);
    kernel.u32(atKeys, keys.length).set(keys);
    kernel.run.sortIndices(atOrder, n, atKeys, pairs, counts);
    return new Int32Array(kernel.u32(atOrder, n));
  });
}

/** 0, 1, 2 and so on. */
export function inOrder(count: number): Int32Array<ArrayBuffer> {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  return order;
}
