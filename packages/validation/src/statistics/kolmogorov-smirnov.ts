/** The exact form costs a step for each pair of observations; above this many the limit is near enough. */
const MOST_EXACT_STEPS = 1_000_000;

/**
 * P(D >= distance) of the greatest difference between the cumulative shares of two samples from one
 * continuous distribution: exact up to a million pairs of observations, Kolmogorov's limit above. With ties
 * it is too great rather than too small.
 *
 * `distance` is 0 to 1; the sizes are whole numbers of at least 1.
 */
export function kolmogorovSmirnovPValue(
  distance: number,
  firstSize: number,
  secondSize: number,
): number {
  if (firstSize * secondSize <= MOST_EXACT_STEPS) {
    return exactPValue(distance, firstSize, secondSize);
  }
  return limitPValue(distance * Math.sqrt((firstSize * secondSize) / (firstSize + secondSize)));
}

/**
 * Every order in which the two samples can fall is a path from (0, 0) to (m, n), all equally probable; the
 * distance is reached where a path strays as far from the diagonal. Of the paths to (i, j), i / (i + j) come
 * from (i - 1, j): so the share of those that have strayed needs no counts, which would overflow, and no
 * difference, which would lose small results. O(m * n) time, O(n) space.
 */
function exactPValue(distance: number, m: number, n: number): number {
  // |i / m - j / n| >= distance in whole numbers; the small change is for a distance rounded upwards.
  const limit = Math.ceil(distance * m * n - 1e-7) - 0.5;
  const strayed = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (Math.abs(i * n - j * m) > limit) {
        strayed[j] = 1;
      } else if (i + j > 0) {
        const before = j === 0 ? 0 : j * (strayed[j - 1] as number);
        strayed[j] = (i * (strayed[j] as number) + before) / (i + j);
      }
    }
  }
  return strayed[n] as number;
}

/** The limit's upper tail: one series converges fast for great arguments, its theta transform for small ones. */
function limitPValue(x: number): number {
  let sum = 0;
  if (x < 1) {
    if (x < 0.05) return 1;
    for (let k = 7; k >= 1; k -= 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 5; k >= 1; k--) sum = Math.exp(-2 * k * k * x * x) - sum;
  return 2 * sum;
}
