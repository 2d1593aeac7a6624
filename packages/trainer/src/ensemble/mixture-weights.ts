import type { RowTargets } from "../engine/dtypes.ts";

/** Likelihoods are kept above this, as probabilities are in log-loss.ts. */
const LEAST_LIKELIHOOD = 1e-15;
/** The last step is the one that promises to lower the loss by less than this. */
const LEAST_DECREMENT = 1e-12;
const MOST_STEPS = 100;
/** The share of the step's promise that a step must keep (Armijo). */
const ARMIJO = 1e-4;

/**
 * The weights, at least 0 and 1 together, of the mixture of some models' answers that has the least weighted log
 * loss. A convex problem, solved by Newton steps within the bounds (mix-SQP: Kim, Carbonetto, Stephens and Anitescu
 * 2020, "A fast algorithm for maximum likelihood estimation of mixture proportions using sequential quadratic
 * programming"): with the sum of the weights added to the loss, the minimum over all weights of at least 0 has a sum
 * of 1 of itself. O(rows * models^2) a step; a dozen steps are the rule.
 *
 * @param answers probabilities of the positive class: for each model, one a row
 */
export function mixtureWeights(
  answers: readonly Float64Array[],
  targets: RowTargets,
): Float64Array {
  const models = answers.length;
  const { likelihood, share } = observations(answers, targets);
  let weights: Float64Array = new Float64Array(models).fill(1 / models);
  let loss = lossOf(weights, likelihood, share);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, curvature } = derivatives(weights, likelihood, share);
    const target = quadraticMinimum(weights, gradient, curvature);
    const slope = target.reduce(
      (sum, at, m) => sum + (at - (weights[m] as number)) * (gradient[m] as number),
      0,
    );
    if (-slope <= LEAST_DECREMENT) break;
    let size = 1;
    let next = target;
    let nextLoss = lossOf(next, likelihood, share);
    while (nextLoss > loss + ARMIJO * size * slope && size > 1e-10) {
      size /= 2;
      next = weights.map((weight, m) => weight + size * ((target[m] as number) - weight));
      nextLoss = lossOf(next, likelihood, share);
    }
    if (size <= 1e-10) break;
    weights = next;
    loss = nextLoss;
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** For each row and class that has weight: what each model gave to that class, and its share of all weight. */
function observations(
  answers: readonly Float64Array[],
  targets: RowTargets,
): { readonly likelihood: Float64Array; readonly share: Float64Array } {
  const models = answers.length;
  const total = targets.weight.reduce((sum, weight) => sum + weight, 0);
  const likelihood = new Float64Array(2 * targets.weight.length * models);
  const share = new Float64Array(2 * targets.weight.length);
  let count = 0;
  for (let row = 0; row < targets.weight.length; row++) {
    const positive = targets.sum[row] as number;
    const negative = (targets.weight[row] as number) - positive;
    for (let side = 0; side < 2; side++) {
      const weight = side === 0 ? positive : negative;
      if (!(weight > 0)) continue;
      for (let m = 0; m < models; m++) {
        const p = (answers[m] as Float64Array)[row] as number;
        likelihood[count * models + m] = Math.max(LEAST_LIKELIHOOD, side === 0 ? p : 1 - p);
      }
      share[count++] = weight / total;
    }
  }
  return { likelihood: likelihood.subarray(0, count * models), share: share.subarray(0, count) };
}

function lossOf(weights: Float64Array, likelihood: Float64Array, share: Float64Array): number {
  const models = weights.length;
  let loss = weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0, cell = 0; i < share.length; i++) {
    let mixed = 0;
    for (let m = 0; m < models; m++)
      mixed += (weights[m] as number) * (likelihood[cell++] as number);
    loss -= (share[i] as number) * Math.log(mixed);
  }
  return loss;
}

function derivatives(
  weights: Float64Array,
  likelihood: Float64Array,
  share: Float64Array,
): { readonly gradient: Float64Array; readonly curvature: Float64Array } {
  const models = weights.length;
  const gradient = new Float64Array(models).fill(1);
  const curvature = new Float64Array(models * models);
  const ratio = new Float64Array(models);
  for (let i = 0; i < share.length; i++) {
    const start = i * models;
    let mixed = 0;
    for (let m = 0; m < models; m++) {
      mixed += (weights[m] as number) * (likelihood[start + m] as number);
    }
    const s = share[i] as number;
    for (let m = 0; m < models; m++) {
      const r = (likelihood[start + m] as number) / mixed;
      ratio[m] = r;
      gradient[m] = (gradient[m] as number) - s * r;
      for (let k = 0, cell = m * models; k <= m; k++, cell++) {
        curvature[cell] = (curvature[cell] as number) + s * r * (ratio[k] as number);
      }
    }
  }
  for (let m = 0; m < models; m++) {
    for (let k = 0; k < m; k++) curvature[k * models + m] = curvature[m * models + k] as number;
  }
  return { gradient, curvature };
}

/** Minimises the quadratic model of the loss over weights of at least 0, one weight after the other. */
function quadraticMinimum(
  weights: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
): Float64Array {
  const models = weights.length;
  const at = weights.slice();
  const slope = gradient.slice();
  for (let sweep = 0, moved = 1; sweep < 10_000 && moved > 1e-14; sweep++) {
    moved = 0;
    for (let m = 0; m < models; m++) {
      const before = at[m] as number;
      const bend = curvature[m * models + m] as number;
      const after = Math.max(0, before - (slope[m] as number) / bend);
      const step = after - before;
      if (step === 0) continue;
      at[m] = after;
      moved = Math.max(moved, Math.abs(step));
      for (let k = 0; k < models; k++) {
        slope[k] = (slope[k] as number) + step * (curvature[m * models + k] as number);
      }
    }
  }
  return at;
}
