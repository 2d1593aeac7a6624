/** Mixes 32 bits well (Wellons' lowbias32). */
// @ts-ignore: AssemblyScript
@inline
export function mix(bits: u32): u32 {
  let x = bits;
  x ^= x >> 16;
  x *= 0x7feb352d;
  x ^= x >> 15;
  x *= 0x846ca68b;
  x ^= x >> 16;
  return x;
}
