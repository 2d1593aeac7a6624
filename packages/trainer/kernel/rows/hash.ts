/** Takes 32 bits into a hash, as MurmurHash3 does. */
// @ts-ignore: AssemblyScript
@inline
function mix(hash: u32, word: u32): u32 {
  return rotl<u32>((rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593) ^ hash, 13) * 5 + 0xe6546b64;
}

/** Ends a hash: each bit of it depends on all that went in. */
// @ts-ignore: AssemblyScript
@inline
function finish(hash: u32): u32 {
  let x = hash;
  x = (x ^ (x >> 16)) * 0x85ebca6b;
  x = (x ^ (x >> 13)) * 0xc2b2ae35;
  return x ^ (x >> 16);
}

/** OUT `hashes`: of each row of float64 numbers, 32 bits; -0 is 0 and one NaN is like another. */
export function hashNumbers(block: usize, rows: usize, cols: usize, hashes: usize): void {
  let at = block;
  for (let row: usize = 0; row < rows; row++) {
    let hash: u32 = 0;
    for (const end = at + (cols << 3); at < end; at += 8) {
      const value = load<f64>(at) + 0.0;
      const bits = value === value ? reinterpret<u64>(value) : 0x7ff8000000000000;
      hash = mix(hash, <u32>bits ^ (<u32>(bits >> 32) * 0x85ebca6b));
    }
    store<u32>(hashes + (row << 2), finish(hash));
  }
}

/**
 * OUT `pairs`: of each row of `words` 32-bit words, `stride` bytes apart, the hash above the row's number.
 *
 * @param mask which bits of the hash are kept
 */
export function hashWords(
  block: usize, rows: usize, stride: usize, words: usize, pairs: usize, firstRow: u32, mask: u32,
): void {
  for (let row: usize = 0; row < rows; row++) {
    const start = block + row * stride;
    let hash: u32 = 0;
    for (let at = start; at < start + (words << 2); at += 4) hash = mix(hash, load<u32>(at));
    store<u64>(pairs + (row << 3), (<u64>(finish(hash) & mask) << 32) | <u64>(firstRow + <u32>row));
  }
}
