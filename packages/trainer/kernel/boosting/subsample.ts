/*
 * Draws copies of weighted rows without replacement. A row's negative copies have the slot 2 * row, its positive ones
 * the next.
 */

/**
 * Draws copies, as many as are left to draw and as random numbers last: one that was drawn before is drawn again.
 * Returns how many are left.
 *
 * @param step what a copy adds to its slot: 1 or -1
 * @param numbers random, uint32
 * @param slots the slot of each copy, int32
 * @param isDrawn a byte a copy
 * @param taken IN and OUT: how many copies of each slot are in the sample, int32
 */
export function drawCopies(
  left: i32, step: i32, numbers: usize, count: i32, copies: i32, slots: usize, isDrawn: usize, taken: usize,
): i32 {
  const end = numbers + (<usize>count << 2);
  for (let at = numbers; left > 0 && at < end; at += 4) {
    // Scaling 32 bits is unfair by less than copies / 2^32, and far cheaper than a remainder.
    const copy = <usize>((<u64>load<u32>(at) * <u64>copies) >> 32);
    const isNew = 1 - <i32>load<u8>(isDrawn + copy);
    store<u8>(isDrawn + copy, 1);
    const slot = taken + (<usize>load<i32>(slots + (copy << 2)) << 2);
    store<i32>(slot, load<i32>(slot) + step * isNew);
    left -= isNew;
  }
  return left;
}

/**
 * OUT `sums`, `weights`: the targets of a sample, float64 a row.
 *
 * @param taken as drawCopies leaves it
 * @param copyWeight what a copy of each slot weighs, float64
 */
export function weighSample(rows: i32, taken: usize, copyWeight: usize, sums: usize, weights: usize): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    const copies = f64x2.convert_low_i32x4_s(v128.load64_zero(taken + (row << 3)));
    const drawn = f64x2.mul(copies, v128.load(copyWeight + (row << 4)));
    const positive = f64x2.extract_lane(drawn, 1);
    store<f64>(sums + (row << 3), positive);
    store<f64>(weights + (row << 3), f64x2.extract_lane(drawn, 0) + positive);
  }
}
