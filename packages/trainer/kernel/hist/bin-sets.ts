/* Sets of bins: a bit a bin. */

export function setBit(bits: usize, index: i32, on: bool): void {
  const byte = bits + (<usize>index >> 3);
  const mask: u8 = <u8>1 << <u8>(index & 7);
  store<u8>(byte, on ? load<u8>(byte) | mask : load<u8>(byte) & ~mask);
}

export function bitAt(bits: usize, index: i32): bool {
  return ((load<u8>(bits + (<usize>index >> 3)) >> <u8>(index & 7)) & 1) !== 0;
}
