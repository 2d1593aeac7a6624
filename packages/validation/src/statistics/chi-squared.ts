/** Relative change from which on a sum or fraction counts as settled. */
const NEGLIGIBLE = 1e-15;

/**
 * P(X >= statistic) of a chi-squared variable: the regularised upper incomplete gamma function at half of
 * both. Right to 1e-10, relative, up to thousands of degrees, however small the result.
 *
 * `statistic` is at least 0, `degrees` a whole number of at least 1.
 */
export function chiSquaredPValue(statistic: number, degrees: number): number {
  const a = degrees / 2;
  const x = statistic / 2;
  if (x === 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  // Each form converges fast on its own side; the difference from 1 loses nothing where the result is not small.
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
}

/** Abramowitz and Stegun, 6.5.29: the sum of x^n / (a (a + 1) ... (a + n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * NEGLIGIBLE; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Abramowitz and Stegun, 6.5.31, in its even form: 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)), by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  let factor = 0;
  for (let n = 1; Math.abs(factor - 1) > NEGLIGIBLE; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    factor = c * d;
    value *= factor;
  }
  return value;
}

/** Stirling's series, from 10 on right to the last digits; what is smaller is moved up. */
function logGamma(a: number): number {
  let product = 1;
  let z = a;
  for (; z < 10; z++) product *= z;
  const r = 1 / (z * z);
  const series =
    (1 / 12 -
      r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) /
    z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
