/*
 * Series of two numbers at a time: the same on every machine, and faster than the library's functions, which keep tables
 * in the memory besides.
 */

/** A step of Horner's rule. */
// @ts-ignore: AssemblyScript
@inline
export function step(sum: v128, x: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(coefficient));
}

/** The whole number k for which exp(x) = 2^k exp(r) with |r| at most 0.347. */
// @ts-ignore: AssemblyScript
@inline
export function halvingsOf(x: v128): v128 {
  return f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
}

/**
 * 2^k exp(r).
 *
 * @param sum Taylor's series of exp(r) from its last term down to the eighth power, divided by r^8
 */
// @ts-ignore: AssemblyScript
@inline
export function finishExponential(sum: v128, r: v128, k: v128): v128 {
  let e = step(sum, r, 1.0 / 5040.0);
  e = step(e, r, 1.0 / 720.0);
  e = step(e, r, 1.0 / 120.0);
  e = step(e, r, 1.0 / 24.0);
  e = step(e, r, 1.0 / 6.0);
  e = step(e, r, 0.5);
  e = step(e, r, 1.0);
  e = step(e, r, 1.0);
  const power = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return f64x2.mul(e, i64x2.shl(i64x2.add(power, i64x2.splat(1023)), 52));
}
