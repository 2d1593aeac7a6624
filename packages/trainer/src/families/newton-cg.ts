/** A smooth convex function of some parameters, with what Newton's method asks of it. */
export interface ConvexObjective {
  readonly parameters: number;
  /** The value at `at`; OUT `gradient`. The diagonal and products asked for later are those of this place. */
  evaluate(at: Float64Array, gradient: Float64Array): number;
  /** OUT `diagonal` of the second derivative; positive. Asked for once a place, before any product. */
  curvatureDiagonal(diagonal: Float64Array): void;
  /** OUT `product`: the second derivative times `vector`. */
  curvatureTimes(vector: Float64Array, product: Float64Array): void;
}

export interface Minimum {
  readonly at: Float64Array;
  readonly converged: boolean;
}

/**
 * The last step is the one that promises to lower the value by less than half of this: a measure that does not
 * depend on the units of the parameters. Convergence is quadratic, so what is left after it is nothing.
 */
const LEAST_DECREMENT = 1e-12;
/** The share of the step's promise that a step must keep (Armijo). */
const ARMIJO = 1e-4;

/**
 * Minimises by Newton's method, from 0. Each step's linear system is solved by conjugate gradients with the
 * diagonal as preconditioner, to a precision that grows as the gradient shrinks (Dembo and Steihaug 1983),
 * so no matrix is ever formed; the step is halved until it keeps its promise.
 *
 * @param maxSteps Newton steps
 */
export function minimize(objective: ConvexObjective, maxSteps: number): Minimum {
  const n = objective.parameters;
  const at = new Float64Array(n);
  const next = new Float64Array(n);
  const gradient = new Float64Array(n);
  const nextGradient = new Float64Array(n);
  let value = objective.evaluate(at, gradient);
  for (let steps = 0; ; steps++) {
    const direction = newtonDirection(objective, gradient);
    const slope = dot(direction, gradient);
    if (-slope <= LEAST_DECREMENT) {
      return { at: at.map((value, i) => value + (direction[i] as number)), converged: true };
    }
    if (steps === maxSteps) return { at, converged: false };
    // Near the minimum the promise drowns in the rounding of the value itself.
    const rounding = 1e-15 * Math.abs(value);
    let size = 1;
    let nextValue = Infinity;
    for (; size > 1e-10; size /= 2) {
      for (let i = 0; i < n; i++) next[i] = (at[i] as number) + size * (direction[i] as number);
      nextValue = objective.evaluate(next, nextGradient);
      if (nextValue <= value + ARMIJO * size * slope + rounding) break;
    }
    if (size <= 1e-10) return { at, converged: false };
    at.set(next);
    gradient.set(nextGradient);
    value = nextValue;
  }
}

/** Solves curvature * direction = -gradient, nearly. */
function newtonDirection(objective: ConvexObjective, gradient: Float64Array): Float64Array {
  const n = gradient.length;
  const diagonal = new Float64Array(n);
  objective.curvatureDiagonal(diagonal);
  const direction = new Float64Array(n);
  const residual = gradient.map((g) => -g);
  const scaled = residual.map((r, i) => r / (diagonal[i] as number));
  const search = scaled.slice();
  const product = new Float64Array(n);
  const size = Math.sqrt(dot(gradient, gradient));
  const enough = Math.min(0.1, size) * size;
  let energy = dot(residual, scaled);
  for (let i = 0; i < 10 * n && Math.sqrt(dot(residual, residual)) > enough; i++) {
    objective.curvatureTimes(search, product);
    const bend = dot(search, product);
    if (!(bend > 0)) break;
    const step = energy / bend;
    for (let k = 0; k < n; k++) {
      direction[k] = (direction[k] as number) + step * (search[k] as number);
      residual[k] = (residual[k] as number) - step * (product[k] as number);
      scaled[k] = (residual[k] as number) / (diagonal[k] as number);
    }
    const nextEnergy = dot(residual, scaled);
    const keep = nextEnergy / energy;
    for (let k = 0; k < n; k++) search[k] = (scaled[k] as number) + keep * (search[k] as number);
    energy = nextEnergy;
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
