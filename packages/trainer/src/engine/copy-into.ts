/** `larger`, starting with `values`. */
export function copyInto<A extends { set(values: ArrayLike<number>): void }>(
  larger: A,
  values: ArrayLike<number>,
): A {
  larger.set(values);
  return larger;
}
