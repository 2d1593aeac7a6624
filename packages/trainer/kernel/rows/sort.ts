/*
 * Radix sorts, least digit first, so that equal keys keep their order. Digits have 11 bits; one that is the same
 * everywhere orders nothing and is passed over. Entries go to and fro between two places.
 */

const BITS: u64 = 11;
const RADIX: usize = 2048;
const MASK: u64 = 2047;

/** Turns counts into where each digit starts. Returns whether all entries have the same one. */
function sumUp(counts: usize, total: u32): bool {
  let sum: u32 = 0;
  for (let at = counts; at < counts + (RADIX << 2); at += 4) {
    const count = load<u32>(at);
    if (count === total) return true;
    store<u32>(at, sum);
    sum += count;
  }
  return false;
}

// @ts-ignore: AssemblyScript
@inline
function countDigit(counts: usize, digit: usize, key: u64): usize {
  const at = counts + (digit << 13) + (<usize>((key >> (<u64>digit * BITS)) & MASK) << 2);
  store<u32>(at, load<u32>(at) + 1);
  return at;
}

/**
 * Sorts pairs of 8 bytes by their upper 32 bits. Returns where they are then: at `pairs` or at `other`.
 *
 * @param counts room for six digits' counts
 */
export function sortPairs(pairs: usize, other: usize, count: usize, counts: usize): usize {
  memory.fill(counts, 0, 3 * (RADIX << 2));
  for (let at = pairs; at < pairs + (count << 3); at += 8) {
    const key = load<u64>(at) >> 32;
    countDigit(counts, 0, key);
    countDigit(counts, 1, key);
    countDigit(counts, 2, key);
  }
  let from = pairs;
  let to = other;
  for (let digit: usize = 0; digit < 3; digit++) {
    const starts = counts + (digit << 13);
    if (sumUp(starts, <u32>count)) continue;
    const shift = 32 + <u64>digit * BITS;
    for (let at = from; at < from + (count << 3); at += 8) {
      const pair = load<u64>(at);
      const start = starts + (<usize>((pair >> shift) & MASK) << 2);
      const place = <usize>load<u32>(start);
      store<u32>(start, <u32>place + 1);
      store<u64>(to + (place << 3), pair);
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  return from;
}

/** The bits of a number, turned so that they are in the numbers' order; and back. */
// @ts-ignore: AssemblyScript
@inline
function keyOf(value: f64): u64 {
  const bits = reinterpret<i64>(value);
  return <u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE));
}

// @ts-ignore: AssemblyScript
@inline
function valueOf(key: u64): f64 {
  const bits = <i64>key;
  return reinterpret<f64>(bits ^ (~(bits >> 63) | i64.MIN_VALUE));
}

/** Sorts entries of 16 bytes by the key that comes first. Returns where they are then: at `entries` or at `other`. */
function sortEntries(entries: usize, other: usize, bytes: usize, counts: usize): usize {
  let from = entries;
  let to = other;
  for (let digit: usize = 0; digit < 6; digit++) {
    const starts = counts + (digit << 13);
    if (sumUp(starts, <u32>(bytes >> 4))) continue;
    const shift = <u64>digit * BITS;
    for (let at = from; at < from + bytes; at += 16) {
      const key = load<u64>(at);
      const start = starts + (<usize>((key >> shift) & MASK) << 2);
      const place = <usize>load<u32>(start);
      store<u32>(start, <u32>place + 1);
      store<u64>(to + (place << 4), key);
      store<u64>(to + (place << 4), load<u64>(at, 8), 8);
    }
    const swapped = from;
    from = to;
    to = swapped;
  }
  return from;
}

/** Sorts indices by key, stable. */
export function sortIndices(order: usize, count: usize, keys: usize, pairs: usize, counts: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const index = load<u32>(order + (i << 2));
    store<u64>(pairs + (i << 3), (<u64>load<u32>(keys + (<usize>index << 2)) << 32) | <u64>index);
  }
  const sorted = sortPairs(pairs, pairs + (count << 3), count, counts);
  for (let i: usize = 0; i < count; i++) store<u32>(order + (i << 2), load<u32>(sorted + (i << 3)));
}

/** OUT `order`: indices in ascending order of value, ties by index; -0 is 0, and nothing is missing. */
export function orderNumbers(values: usize, count: usize, order: usize, entries: usize, counts: usize): void {
  memory.fill(counts, 0, 6 * (RADIX << 2));
  for (let i: usize = 0; i < count; i++) {
    const key = keyOf(load<f64>(values + (i << 3)) + 0.0);
    for (let digit: usize = 0; digit < 6; digit++) countDigit(counts, digit, key);
    store<u64>(entries + (i << 4), key);
    store<u64>(entries + (i << 4), i, 8);
  }
  const sorted = sortEntries(entries, entries + (count << 4), count << 4, counts);
  for (let i: usize = 0; i < count; i++) store<u32>(order + (i << 2), load<u32>(sorted + (i << 4), 8));
}

/**
 * Sorts numbers, those not missing, and takes equal ones together; -0 is 0. Weights are summed in the order in which
 * they come. Returns how many distinct numbers there are.
 *
 * @param values float64 each; OUT the distinct ones, ascending
 * @param weights float64 each
 * @param sums OUT float64, the weight of each distinct number
 * @param entries room for twice 16 bytes a number
 * @param counts room for six digits' counts
 */
export function sortNumbers(
  values: usize, weights: usize, count: usize, sums: usize, entries: usize, counts: usize,
): usize {
  memory.fill(counts, 0, 6 * (RADIX << 2));
  let end = entries;
  for (let at: usize = 0; at < count << 3; at += 8) {
    const value = load<f64>(values + at) + 0.0;
    if (value !== value) continue;
    const key = keyOf(value);
    for (let digit: usize = 0; digit < 6; digit++) countDigit(counts, digit, key);
    store<u64>(end, key);
    store<f64>(end, load<f64>(weights + at), 8);
    end += 16;
  }
  const bytes = end - entries;
  const from = sortEntries(entries, entries + (count << 4), bytes, counts);
  let distinct: usize = 0;
  let last: u64 = 0;
  let sum = 0.0;
  for (let at = from; at < from + bytes; at += 16) {
    const key = load<u64>(at);
    if (distinct === 0 || key !== last) {
      store<f64>(values + (distinct << 3), valueOf(key));
      distinct++;
      last = key;
      sum = 0.0;
    }
    sum += load<f64>(at, 8);
    store<f64>(sums + ((distinct - 1) << 3), sum);
  }
  return distinct;
}
