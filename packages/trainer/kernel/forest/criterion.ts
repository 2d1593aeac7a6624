/** Math.log2 of JavaScript: its bits are those of the trees that are grown there. */
// @ts-ignore: AssemblyScript
@external("env", "log2")
declare function log2(x: f64): f64;

/** Share of the weight that rounding may leave in the class that is not there. */
const PURE_WITHIN: f64 = 1e-12;

// @ts-ignore: AssemblyScript
@inline
export function isPure(sum: f64, weight: f64): bool {
  return sum <= weight * PURE_WITHIN || weight - sum <= weight * PURE_WITHIN;
}

/** As engine/criterion.ts. */
// @ts-ignore: AssemblyScript
@inline
export function cost(isEntropy: bool, sum: f64, weight: f64): f64 {
  return isEntropy ? entropy(sum, weight) : (2 * sum * (weight - sum)) / weight;
}

/** Entropy of two classes in bits, times the weight. */
export function entropy(sum: f64, weight: f64): f64 {
  return weight * log2(weight) - xLog2(sum) - xLog2(weight - sum);
}

function xLog2(x: f64): f64 {
  return x > 0 ? x * log2(x) : 0;
}
