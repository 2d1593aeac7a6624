/** What gradients, hessians and weights are multiplied by before they are rounded to integers. */
export interface Scales {
  readonly gradient: number;
  readonly hessian: number;
  /** For least weights of leaves. */
  readonly count: number;
  /** For the weights that models report. */
  readonly cover: number;
  /** Whether rounding must be by chance, because the levels are so few that rounding to the nearest would be biased. */
  readonly byChance: boolean;
}

/** Below this many levels of gradient for a row of mean weight, rounding is by chance. */
const FEW_LEVELS = 1024;

/**
 * Scales, all powers of two, that keep every sum of integers exact: gradients, hessians and weights below 2^31,
 * covers below 2^53. So sums do not depend on the order of the rows, and a histogram is its parent's minus its
 * sibling's to the last bit. With 8,000 rows a gradient has 2^17 levels, with a million 2^11.
 *
 * @param totalWeight of all rows, above 0
 * @param rows each may be rounded up by as much as 1
 * @param rowWeight what one row weighs on average, of the class where that is less
 */
export function findScales(totalWeight: number, rows: number, rowWeight: number): Scales {
  const gradient = largestPower(totalWeight, 2 ** 31 - 1 - rows);
  return {
    gradient,
    // p (1 - p) is at most a quarter.
    hessian: 4 * gradient,
    count: gradient,
    cover: largestPower(totalWeight, 2 ** 53 - rows),
    byChance: gradient * rowWeight < FEW_LEVELS,
  };
}

/** The largest power of two that keeps `amount` times it within the bound. */
function largestPower(amount: number, bound: number): number {
  let scale = 1;
  while (amount * scale > bound) scale /= 2;
  while (amount * scale * 2 <= bound && scale < 2 ** 1000) scale *= 2;
  return scale;
}
