import type { RowMajorNumbers } from "./dtypes.ts";

const number = new Float64Array(1);
const bits = new Int32Array(number.buffer);

/**
 * A hash of each row's numbers, 32 bits that are as good as random: equal rows have equal hashes, whatever holds
 * them; -0 is 0 and one NaN is like another. O(cells).
 */
export function rowHashes({ data, rows, cols }: RowMajorNumbers): Uint32Array {
  const hashes = new Uint32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let hash = 0;
    for (const end = at + cols; at < end; at++) {
      const value = (data[at] as number) + 0;
      number[0] = Number.isNaN(value) ? NaN : value;
      hash = mix(hash, (bits[0] as number) ^ Math.imul(bits[1] as number, 0x85ebca6b));
    }
    hashes[row] = finish(hash);
  }
  return hashes;
}

/** Takes 32 bits into a hash, as MurmurHash3 does. */
export function mix(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const turned = Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593) ^ hash;
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
}

/** Ends a hash: each bit of it depends on all that went in. */
export function finish(hash: number): number {
  const a = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b ^ (b >>> 16)) >>> 0;
}
