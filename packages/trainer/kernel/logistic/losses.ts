import { finishExponential, halvingsOf, step } from "../series/exponential";

/** exp(x) for x from -700 to 0, to the last bits. */
// @ts-ignore: AssemblyScript
@inline
function exponential(x: v128): v128 {
  // The logarithm of 2 in two parts, and Taylor's series to the thirteenth power.
  const k = halvingsOf(x);
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)));
  const r = f64x2.sub(high, f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  let e = f64x2.splat(1.0 / 6227020800.0);
  e = step(e, r, 1.0 / 479001600.0);
  e = step(e, r, 1.0 / 39916800.0);
  e = step(e, r, 1.0 / 3628800.0);
  e = step(e, r, 1.0 / 362880.0);
  e = step(e, r, 1.0 / 40320.0);
  return finishExponential(e, r, k);
}

/** log(1 + x) for x from 0 to 1, to the last bits. */
// @ts-ignore: AssemblyScript
@inline
function logarithmOfOneMore(x: v128): v128 {
  // 2 artanh(t) with t = x / (2 + x), at most 1/3: its series to t^33.
  const t = f64x2.div(x, f64x2.add(x, f64x2.splat(2)));
  const square = f64x2.mul(t, t);
  let sum = f64x2.splat(2.0 / 33.0);
  sum = step(sum, square, 2.0 / 31.0);
  sum = step(sum, square, 2.0 / 29.0);
  sum = step(sum, square, 2.0 / 27.0);
  sum = step(sum, square, 2.0 / 25.0);
  sum = step(sum, square, 2.0 / 23.0);
  sum = step(sum, square, 2.0 / 21.0);
  sum = step(sum, square, 2.0 / 19.0);
  sum = step(sum, square, 2.0 / 17.0);
  sum = step(sum, square, 2.0 / 15.0);
  sum = step(sum, square, 2.0 / 13.0);
  sum = step(sum, square, 2.0 / 11.0);
  sum = step(sum, square, 2.0 / 9.0);
  sum = step(sum, square, 2.0 / 7.0);
  sum = step(sum, square, 2.0 / 5.0);
  sum = step(sum, square, 2.0 / 3.0);
  sum = step(sum, square, 2.0);
  return f64x2.mul(sum, t);
}

/**
 * The log loss of rows, by weight, over the total weight.
 *
 * @param rows multiple of 2
 * @param margins IN, log-odds; OUT, the loss's first derivative by each, over the total weight
 * @param sums, weights of the positive and of all copies of a row
 * @param curvatures OUT, its second derivative
 */
export function findLosses(
  rows: i32, margins: usize, sums: usize, weights: usize, totalWeight: f64, curvatures: usize,
): f64 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const total = f64x2.splat(totalWeight);
  let loss = zero;
  for (let at: usize = 0, end = <usize>rows << 3; at < end; at += 16) {
    const z = v128.load(margins + at);
    const w = v128.load(weights + at);
    const y = v128.load(sums + at);
    // log(1 + e^z) and the sigmoid, from e^-|z| so that nothing overflows.
    const small = exponential(f64x2.max(f64x2.neg(f64x2.abs(z)), f64x2.splat(-700)));
    const whole = f64x2.add(one, small);
    const p = f64x2.div(v128.bitselect(one, small, f64x2.ge(z, zero)), whole);
    const wp = f64x2.mul(w, p);
    const positivePart = f64x2.add(f64x2.max(z, zero), logarithmOfOneMore(small));
    loss = f64x2.add(loss, f64x2.sub(f64x2.mul(w, positivePart), f64x2.mul(y, z)));
    v128.store(margins + at, f64x2.div(f64x2.sub(wp, y), total));
    v128.store(curvatures + at, f64x2.div(f64x2.mul(wp, f64x2.sub(one, p)), total));
  }
  return (f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1)) / totalWeight;
}
