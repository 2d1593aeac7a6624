/** Digits of a radix sort: six of eleven bits hold the 64 of a double. */
const DIGIT_BITS = 11;
const DIGITS = 6;
const RADIX = 2 ** DIGIT_BITS;

/**
 * Indices in ascending order of value, ties by index. By radix sort, since the bits of a double that is not negative
 * are in its order. O(values).
 *
 * @param values from 0 to 1; not changed
 */
export function ascendingOrder(values: Float64Array): Int32Array {
  const n = values.length;
  const copy = new Float64Array(n);
  // Adding 0 turns -0 into 0.
  for (let i = 0; i < n; i++) copy[i] = (values[i] as number) + 0;
  const words = new Uint32Array(copy.buffer);
  const counts = new Int32Array(DIGITS * RADIX);
  for (let i = 0; i < n; i++) {
    const low = words[2 * i] as number;
    const high = words[2 * i + 1] as number;
    for (let digit = 0; digit < DIGITS; digit++) {
      const cell = digit * RADIX + digitOf(low, high, digit);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  let order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let next = new Int32Array(n);
  for (let digit = 0; digit < DIGITS; digit++) {
    const start = counts.subarray(digit * RADIX, (digit + 1) * RADIX);
    // A digit that is the same everywhere orders nothing.
    if (start[digitOf(words[0] ?? 0, words[1] ?? 0, digit)] === n) continue;
    let sum = 0;
    for (let value = 0; value < RADIX; value++) {
      const count = start[value] as number;
      start[value] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const index = order[i] as number;
      const value = digitOf(words[2 * index] as number, words[2 * index + 1] as number, digit);
      const at = start[value] as number;
      next[at] = index;
      start[value] = at + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

function digitOf(low: number, high: number, digit: number): number {
  if (digit === 0) return low & (RADIX - 1);
  if (digit === 1) return (low >>> 11) & (RADIX - 1);
  if (digit === 2) return (low >>> 22) | ((high & 1) << 10);
  return (high >>> (11 * digit - 32)) & (RADIX - 1);
}
