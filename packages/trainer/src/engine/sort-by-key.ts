/** Bits of a digit of the radix sort, and how many digits hold 32 bits. */
const DIGIT_BITS = 11;
const DIGITS = 3;
const RADIX = 2 ** DIGIT_BITS;

/**
 * Sorts indices by key, ascending and stable, by radix. O(indices + 2048) for each 11 bits that tell keys apart.
 *
 * @param order IN: indices of `keys`, at first in the order that equal keys keep
 * @param keys 32 bits at most, not negative
 * @returns `order` or a new array; `order` is overwritten in any case
 */
export function sortByKey(
  order: Int32Array<ArrayBuffer>,
  keys: Int32Array | Uint32Array | Uint8Array,
): Int32Array<ArrayBuffer> {
  const n = order.length;
  const counts = new Int32Array(DIGITS * RADIX);
  for (let i = 0; i < n; i++) {
    const key = keys[order[i] as number] as number;
    const low = key & (RADIX - 1);
    const middle = RADIX + ((key >>> DIGIT_BITS) & (RADIX - 1));
    const high = 2 * RADIX + (key >>> (2 * DIGIT_BITS));
    counts[low] = (counts[low] as number) + 1;
    counts[middle] = (counts[middle] as number) + 1;
    counts[high] = (counts[high] as number) + 1;
  }
  let from = order;
  let to = new Int32Array(n);
  for (let digit = 0; digit < DIGITS; digit++) {
    const shift = digit * DIGIT_BITS;
    const start = counts.subarray(digit * RADIX, (digit + 1) * RADIX);
    // A digit that is the same everywhere orders nothing.
    if (n > 0 && start[((keys[from[0] as number] as number) >>> shift) & (RADIX - 1)] === n)
      continue;
    scatter(from, to, keys, shift, start);
    [from, to] = [to, from];
  }
  return from;
}

/** @param start IN: how often each digit occurs; overwritten */
function scatter(
  from: Int32Array,
  to: Int32Array,
  keys: Int32Array | Uint32Array | Uint8Array,
  shift: number,
  start: Int32Array,
): void {
  let sum = 0;
  for (let value = 0; value < RADIX; value++) {
    const count = start[value] as number;
    start[value] = sum;
    sum += count;
  }
  for (let i = 0; i < from.length; i++) {
    const index = from[i] as number;
    const value = ((keys[index] as number) >>> shift) & (RADIX - 1);
    const at = start[value] as number;
    to[at] = index;
    start[value] = at + 1;
  }
}

/** 0, 1, 2 and so on. */
export function inOrder(count: number): Int32Array<ArrayBuffer> {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  return order;
}
