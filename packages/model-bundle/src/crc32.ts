/** CRC-32 of each byte alone: the reflected polynomial 0xEDB88320, as in zip, gzip and PNG. */
const ONE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The same of a byte with one, two and three zero bytes behind it: four bytes then take one step ("slicing by 4"). */
const TWO = followedByZero(ONE);
const THREE = followedByZero(TWO);
const FOUR = followedByZero(THREE);

function followedByZero(table: Uint32Array): Uint32Array {
  return table.map((crc) => (ONE[crc & 0xff] as number) ^ (crc >>> 8));
}

/** CRC-32 (IEEE 802.3) of the bytes from `start` to the end, as an unsigned integer. */
export function crc32(bytes: Uint8Array, start = 0): number {
  let crc = -1;
  let i = start;
  for (; i + 4 <= bytes.length; i += 4) {
    crc =
      (FOUR[(crc ^ (bytes[i] as number)) & 0xff] as number) ^
      (THREE[((crc >>> 8) ^ (bytes[i + 1] as number)) & 0xff] as number) ^
      (TWO[((crc >>> 16) ^ (bytes[i + 2] as number)) & 0xff] as number) ^
      (ONE[(crc >>> 24) ^ (bytes[i + 3] as number)] as number);
  }
  for (; i < bytes.length; i++) {
    crc = (ONE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
