/*
 * The header of a kernel's memory, from its first byte on: words of 32 bits and float64, by index.
 */

/** A word: an address or a count. */
// @ts-ignore: AssemblyScript
@inline
export function word(index: i32): usize {
  return load<u32>(<usize>index << 2);
}

/** A word that is an integer with a sign. */
// @ts-ignore: AssemblyScript
@inline
export function int(index: i32): i32 {
  return load<i32>(<usize>index << 2);
}

// @ts-ignore: AssemblyScript
@inline
export function setInt(index: i32, value: i32): void {
  store<i32>(<usize>index << 2, value);
}

// @ts-ignore: AssemblyScript
@inline
export function setWord(index: i32, value: usize): void {
  store<u32>(<usize>index << 2, <u32>value);
}

/** A float64, of eight bytes: those of index i stand where the words 2i and 2i + 1 do. */
// @ts-ignore: AssemblyScript
@inline
export function real(index: i32): f64 {
  return load<f64>(<usize>index << 3);
}
