import type { SeededRandom } from "@gillnet/entity";

/** Up to this mean the values are counted up from 0. */
const COUNTED_MEAN = 10;

/**
 * Draws how many of `trials` succeed, each with chance `p` from 0 to 1.
 *
 * Small means by inversion (Kachitvichyanukul and Schmeiser 1988, algorithm BINV), others by transformed
 * rejection (Hoermann 1993, "The generation of binomial random variates", algorithm BTRS). Takes as many numbers
 * of the stream as it needs.
 */
export function drawBinomial(trials: number, p: number, random: SeededRandom): number {
  if (trials === 0 || p <= 0) return 0;
  if (p >= 1) return trials;
  if (p > 0.5) return trials - drawBinomial(trials, 1 - p, random);
  return trials * p < COUNTED_MEAN
    ? byInversion(trials, p, random)
    : byRejection(trials, p, random);
}

function byInversion(trials: number, p: number, random: SeededRandom): number {
  const odds = p / (1 - p);
  let left = random.uniform();
  let chance = Math.exp(trials * Math.log1p(-p));
  let value = 0;
  // Rounding may leave something over after the last value.
  while (left >= chance && value < trials) {
    left -= chance;
    value++;
    chance *= (odds * (trials - value + 1)) / value;
  }
  return value;
}

function byRejection(trials: number, p: number, random: SeededRandom): number {
  const deviation = Math.sqrt(trials * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const center = trials * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const odds = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((trials + 1) * p);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const distance = 0.5 - Math.abs(u);
    const value = Math.floor(((2 * a) / distance + b) * u + center);
    if (distance >= 0.07 && v <= squeeze) return value;
    if (value < 0 || value > trials) continue;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1))) +
      (trials + 1) * Math.log((trials - mode + 1) / (trials - value + 1)) +
      (value + 0.5) * Math.log((odds * (trials - value + 1)) / (value + 1)) +
      stirlingError(mode) +
      stirlingError(trials - mode) -
      stirlingError(value) -
      stirlingError(trials - value);
    if (Math.log((v * alpha) / (a / (distance * distance) + b)) <= bound) return value;
  }
}

/** What Stirling's formula lacks of log(k!), k as in Hoermann's paper: for (k + 1)! over its formula. */
function stirlingError(k: number): number {
  if (k < STIRLING_ERRORS.length) return STIRLING_ERRORS[k] as number;
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

const STIRLING_ERRORS: readonly number[] = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.00925546218271273,
  0.00833056343336287,
];
