import { MOMENTS, SCORES } from "../../src/engine/hist/header";
import { word } from "../header/words";
import { finishExponential, halvingsOf } from "../series/exponential";

/**
 * The probability 1 / (1 + exp(-score)) of rows, to a billionth, written where their moments will be.
 */
export function findProbabilities(start: usize, end: usize): void {
  const scores = word(SCORES);
  const moments = word(MOMENTS);
  const one = f64x2.splat(1.0);
  // The last pair may reach one row past the end, into padding.
  for (let row = start; row < end; row += 2) {
    const score = v128.load(scores + (row << 3));
    // Taylor's series to the eighth power.
    const x = f64x2.max(f64x2.min(f64x2.neg(score), f64x2.splat(700.0)), f64x2.splat(-700.0));
    const k = halvingsOf(x);
    const r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471805599453)));
    const odds = finishExponential(f64x2.splat(1.0 / 40320.0), r, k);
    v128.store(moments + (row << 3), f64x2.div(one, f64x2.add(one, odds)));
  }
}
