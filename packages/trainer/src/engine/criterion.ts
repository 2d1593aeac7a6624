/**
 * What a tree makes pure, apart from how it is grown: plain functions of a node's target sums.
 * A split is better the lower the two children's costs add up.
 */
export interface Criterion {
  /** The node's impurity times its weight. */
  cost(sum: number, weight: number): number;
  /** Whether nothing is left to separate. */
  isPure(sum: number, weight: number): boolean;
  /** What the node answers. */
  value(sum: number, weight: number): number;
}

/** Share of the weight that rounding may leave in the class that is not there (weights need not be integers). */
const PURE_WITHIN = 1e-12;

function isPure(sum: number, weight: number): boolean {
  return sum <= weight * PURE_WITHIN || weight - sum <= weight * PURE_WITHIN;
}

/** Share of the positive class; rounding may leave sums a hair outside their bounds. */
function share(sum: number, weight: number): number {
  return Math.min(1, Math.max(0, sum / weight));
}

/** Gini impurity of two classes: 2 p (1 - p). */
export const gini: Criterion = {
  cost: (sum, weight) => (2 * sum * (weight - sum)) / weight,
  isPure,
  value: share,
};

/** Entropy of two classes in bits: -p log2 p - (1 - p) log2 (1 - p). */
export const entropy: Criterion = {
  cost: (sum, weight) => weight * Math.log2(weight) - xLog2(sum) - xLog2(weight - sum),
  isPure,
  value: share,
};

/** Squared error about the mean, less what no split changes: the sum of squares of the targets. */
export const squaredError: Criterion = {
  cost: (sum, weight) => -(sum * sum) / weight,
  // Sums alone do not tell whether all targets are equal; splitting such a node changes no answer.
  isPure: () => false,
  value: (sum, weight) => sum / weight,
};

function xLog2(x: number): number {
  return x > 0 ? x * Math.log2(x) : 0;
}
