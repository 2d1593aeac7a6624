import { BYTES, SET_BYTES, SET_HAS_MISSING, SET_SIZE, SET_SKIPPED, SET_SLOTS, SET_VALUES, SLOTS } from "../../src/engine/rows/header";

/** More numbers than this are many. */
const FEW: u32 = 254;

/**
 * Puts the numbers of a block of rows (float64, row by row) into their columns' sets, until those have too many.
 * -0 is 0.
 */
export function scanNumbers(block: usize, rows: usize, cols: usize, sets: usize): void {
  const step = cols << 3;
  const end = block + rows * step;
  for (let column: usize = 0; column < cols; column++) {
    const set = sets + column * SET_BYTES;
    if (load<u32>(set, SET_SKIPPED) !== 0) continue;
    let size = load<u32>(set, SET_SIZE);
    let at = block + (column << 3);
    let missing: u32 = 0;
    for (; at < end && size <= FEW; at += step) {
      const value = load<f64>(at) + 0.0;
      if (value !== value) missing = 1;
      else if (isNew(value, set + SET_SLOTS)) store<f64>(set + (size++ << 3), value, SET_VALUES);
    }
    for (; at < end; at += step) {
      const value = load<f64>(at);
      missing |= <u32>(value !== value);
    }
    store<u32>(set, size, SET_SIZE);
    if (missing !== 0) store<u32>(set, 1, SET_HAS_MISSING);
  }
}

/** Whether a set did not have the number, which it has from now on. */
// @ts-ignore: AssemblyScript
@inline
function isNew(value: f64, slots: usize): bool {
  const bits = reinterpret<u64>(value);
  let slot = (((<u32>bits ^ (<u32>(bits >> 32) * 0x85ebca6b)) * 0xc2b2ae35) >> 22) << 3;
  let there = load<f64>(slots + slot);
  while (there !== value && there === there) {
    slot = (slot + 8) & (SLOTS * 8 - 1);
    there = load<f64>(slots + slot);
  }
  if (there === value) return false;
  store<f64>(slots + slot, value);
  return true;
}

/** Whether no number of a block is infinite. */
export function areFinite(block: usize, count: usize): bool {
  let fine: u32 = 1;
  for (let at = block; at < block + (count << 3); at += 8) {
    const value = load<f64>(at);
    // Of a number less itself only infinities and NaN leave anything but 0.
    fine &= <u32>(value - value === 0.0) | <u32>(value !== value);
  }
  return fine !== 0;
}

/**
 * Copies the first `cols` of the `width` columns of a block, so that equal numbers have equal bits: -0 becomes 0, and
 * one NaN is taken for all.
 */
export function plainNumbers(block: usize, rows: usize, width: usize, cols: usize, to: usize): void {
  let out = to;
  for (let row: usize = 0; row < rows; row++) {
    let at = block + ((row * width) << 3);
    for (const end = at + (cols << 3); at < end; at += 8) {
      const value = load<f64>(at) + 0.0;
      store<u64>(out, value === value ? reinterpret<u64>(value) : 0x7ff8000000000000);
      out += 8;
    }
  }
}

/** Marks the values of a block of bytes: 256 bytes a column, 1 where the value is there. */
export function scanBytes(block: usize, rows: usize, cols: usize, marks: usize): void {
  let at = block;
  for (let row: usize = 0; row < rows; row++) {
    let mark = marks;
    for (const end = at + cols; at < end; at++) {
      store<u8>(mark + <usize>load<u8>(at), 1);
      mark += BYTES;
    }
  }
}
