/** A word of the header. */
// @ts-ignore: AssemblyScript
@inline
export function word(index: i32): usize {
  return load<u32>(<usize>index << 2);
}

/** A float64 of the header. */
// @ts-ignore: AssemblyScript
@inline
export function real(index: i32): f64 {
  return load<f64>(<usize>index << 3);
}
