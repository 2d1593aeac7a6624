import { BYTES, PLACE_BINS, PLACE_BYTE, PLACE_BYTES, PLACE_DIGITS, PLACE_RADIX } from "../../src/engine/rows/header";

/*
 * Packed rows: `stride` bytes each, a multiple of 8, in which columns of few bins share a byte. Pairs are sorted by
 * hash: the hash of a row above its number.
 */

/** Writes what a column's code is in each value of its byte. */
export function writeDigits(place: usize): void {
  const radix = load<u32>(place, PLACE_RADIX);
  const bins = load<u32>(place, PLACE_BINS);
  for (let code: u32 = 0; code < <u32>BYTES; code++) store<u8>(place + code, (code / radix) % bins, PLACE_DIGITS);
}

/** Packs a block of codes, `codeStride` bytes a row. OUT `packed`. */
export function packRows(
  codes: usize, rows: usize, codeStride: usize, cols: usize, places: usize, packed: usize, stride: usize,
): void {
  memory.fill(packed, 0, rows * stride);
  for (let column: usize = 0; column < cols; column++) {
    const place = places + column * PLACE_BYTES;
    const radix = load<u32>(place, PLACE_RADIX);
    let from = codes + column;
    let to = packed + <usize>load<u32>(place, PLACE_BYTE);
    for (const end = from + rows * codeStride; from < end; from += codeStride) {
      store<u8>(to, load<u8>(to) + radix * <u32>load<u8>(from));
      to += stride;
    }
  }
}

/** OUT `codes`: those of `count` listed rows, `columnStep` bytes a column, then `rowStep` a row. */
export function unpackRows(
  list: usize, count: usize, packed: usize, stride: usize, cols: usize, places: usize, codes: usize,
  columnStep: usize, rowStep: usize,
): void {
  const end = list + (count << 2);
  for (let column: usize = 0; column < cols; column++) {
    const place = places + column * PLACE_BYTES;
    const digits = place + PLACE_DIGITS;
    const byte = packed + <usize>load<u32>(place, PLACE_BYTE);
    let to = codes + column * columnStep;
    for (let at = list; at < end; at += 4) {
      store<u8>(to, load<u8>(digits + <usize>load<u8>(byte + <usize>load<u32>(at) * stride)));
      to += rowStep;
    }
  }
}

// @ts-ignore: AssemblyScript
@inline
function areAlike(a: u64, b: u64, packed: usize, stride: usize): bool {
  let x = packed + <usize>(a & 0xffffffff) * stride;
  let y = packed + <usize>(b & 0xffffffff) * stride;
  for (const end = x + stride; x < end; x += 8) {
    if (load<u64>(x) !== load<u64>(y)) return false;
    y += 8;
  }
  return true;
}

/** The first pair from `from` on of which a later one has the same hash but another row; `count` when there is none. */
export function findUnlikeRun(pairs: usize, from: usize, count: usize, packed: usize, stride: usize): usize {
  let start = from;
  while (start < count) {
    const first = load<u64>(pairs + (start << 3));
    let next = start + 1;
    for (; next < count; next++) {
      const pair = load<u64>(pairs + (next << 3));
      if (pair >> 32 !== first >> 32) break;
      if (!areAlike(first, pair, packed, stride)) return start;
    }
    start = next;
  }
  return count;
}

/**
 * Numbers the distinct rows in the order of the pairs, in which rows that are alike stand together: in each pair the
 * number takes the hash's place. Returns how many there are.
 */
export function numberRuns(pairs: usize, count: usize, packed: usize, stride: usize): usize {
  if (count === 0) return 0;
  let previous = load<u64>(pairs);
  let number: u64 = 0;
  store<u64>(pairs, previous & 0xffffffff);
  for (let at = pairs + 8; at < pairs + (count << 3); at += 8) {
    const pair = load<u64>(at);
    if (pair >> 32 !== previous >> 32 || !areAlike(pair, previous, packed, stride)) number++;
    store<u64>(at, (number << 32) | (pair & 0xffffffff));
    previous = pair;
  }
  return <usize>number + 1;
}

/**
 * Puts rows in another order, in place. A cycle's places are listed before its rows move: then the processor knows
 * ahead where the next ones are.
 *
 * @param sources which row comes to each place, every row once; overwritten
 * @param places room for a place a row
 * @param spare room for a row
 */
export function permuteRows(
  sources: usize, count: usize, packed: usize, stride: usize, places: usize, spare: usize,
): void {
  for (let start: usize = 0; start < count; start++) {
    let length: usize = 0;
    let place = start;
    let source = <usize>load<u32>(sources + (place << 2));
    if (source === start) continue;
    do {
      store<u32>(places + (length++ << 2), <u32>place);
      store<u32>(sources + (place << 2), <u32>place);
      place = source;
      source = <usize>load<u32>(sources + (place << 2));
    } while (place !== start);
    copyRow(spare, packed + start * stride, stride);
    let to = packed + start * stride;
    for (let i: usize = 1; i < length; i++) {
      const from = packed + <usize>load<u32>(places + (i << 2)) * stride;
      copyRow(to, from, stride);
      to = from;
    }
    copyRow(to, spare, stride);
  }
}

// @ts-ignore: AssemblyScript
@inline
function copyRow(to: usize, from: usize, stride: usize): void {
  for (let at: usize = 0; at < stride; at += 8) store<u64>(to + at, load<u64>(from + at));
}
