/** The bound between all values and the missing cells: the largest finite number. */
export const NO_BOUND: f64 = f64.MAX_VALUE;

/** The bound between two neighbouring values, as the function boundBetween of engine/tree-predictor.ts. */
// @ts-ignore: AssemblyScript
@inline
export function middleOf(below: f64, above: f64): f64 {
  const middle = below / 2 + above / 2;
  return middle < above ? middle : below;
}
