/*
 * A residual and a weight share an int64: (weight << shift) + residual * scale, rounded. Sums of such numbers are exact.
 */

/** Bits that hold a weight of this much. */
function weightBits(totalWeight: number): number {
  return Math.max(1, Math.ceil(Math.log2(totalWeight + 1)));
}

/** Where the weight stands: everything of this total weight fits above it. */
export function weightShift(totalWeight: number): number {
  return 63 - weightBits(totalWeight);
}

/**
 * Residuals are rounded to multiples of one over this, a power of 2: their sums over rows of this total weight then
 * fit their part of an int64, and each of them fits the 52 bits that it is rounded in.
 */
export function residualScale(totalWeight: number): number {
  const bits = weightBits(totalWeight);
  return 2 ** Math.min(62 - 2 * bits, 50 - bits);
}
