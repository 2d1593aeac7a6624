/*
 * The codes of a matrix's rows at their places, before the first tree.
 */

/**
 * OUT `codes`: a column's bins in the order of the places.
 *
 * @param bins a row of the matrix
 * @param order the row at each place, int32; -1 for a place that no row has, which gets bin 0
 */
export function placeColumn(bins: usize, order: usize, places: i32, codes: usize): void {
  for (let place: usize = 0; place < <usize>places; place++) {
    const row = load<i32>(order + (place << 2));
    store<u8>(codes + place, row < 0 ? 0 : load<u8>(bins + <usize>row));
  }
}

/**
 * Adds a column's digit to the joint codes of its group.
 *
 * @param codes the column's bins, a byte a place
 * @param radix what a bin counts in the joint code
 * @param joint IN and OUT: the group's byte of the first place, `stride` bytes before the next one's
 */
export function addDigits(codes: usize, places: i32, radix: i32, joint: usize, stride: usize): void {
  let at = joint;
  for (let place: usize = 0; place < <usize>places; place++, at += stride) {
    store<u8>(at, <u8>(<i32>load<u8>(at) + radix * <i32>load<u8>(codes + place)));
  }
}
