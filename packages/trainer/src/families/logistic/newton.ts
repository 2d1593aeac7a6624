import { conjugateDirection, dot } from "./conjugate-gradients.ts";
import type { SymmetricProducts } from "./conjugate-gradients.ts";

/** A smooth convex function of some parameters, with what Newton's method asks of it. */
export interface ConvexObjective {
  readonly parameters: number;
  /** The value at `at`; OUT `gradient`. The second derivative asked for later is that of this place. */
  evaluate(at: Float64Array, gradient: Float64Array): number;
  readonly curvature: Curvature;
}

/** A second derivative. `diagonal` is asked for once a place, before anything else. */
interface Curvature extends SymmetricProducts {
  /**
   * Solves curvature * vector = right, where there is a way that does without products.
   *
   * @param vector IN the right side, OUT the solution, if there is one
   * @returns false when rounding leaves the curvature not positive definite
   */
  solve?(vector: Float64Array): boolean;
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
 * Minimises by Newton's method, from 0. Each step's linear system is solved as the objective can, else by conjugate
 * gradients; the step is halved until it keeps its promise.
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

function newtonDirection({ curvature }: ConvexObjective, gradient: Float64Array): Float64Array {
  const diagonal = new Float64Array(gradient.length);
  curvature.diagonal(diagonal);
  const direction = gradient.map((g) => -g);
  return curvature.solve?.(direction) === true
    ? direction
    : conjugateDirection(curvature, diagonal, gradient);
}
