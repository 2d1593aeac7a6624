/** A symmetric matrix with no negative direction, by what can be asked of it. */
export interface SymmetricProducts {
  /** OUT `diagonal`; positive. */
  diagonal(diagonal: Float64Array): void;
  /** OUT `product`: the matrix times `vector`. */
  times(vector: Float64Array, product: Float64Array): void;
}

/**
 * Newton's direction, nearly: the solution of curvature * direction = -gradient by conjugate gradients with the
 * diagonal as preconditioner, to a precision that grows as the gradient shrinks (Dembo and Steihaug 1983).
 */
export function conjugateDirection(
  { times }: Pick<SymmetricProducts, "times">,
  diagonal: Float64Array,
  gradient: Float64Array,
): Float64Array {
  const n = gradient.length;
  const direction = new Float64Array(n);
  const residual = gradient.map((g) => -g);
  const scaled = residual.map((r, i) => r / (diagonal[i] as number));
  const search = scaled.slice();
  const product = new Float64Array(n);
  const size = Math.sqrt(dot(gradient, gradient));
  const enough = Math.min(0.1, size) * size;
  let energy = dot(residual, scaled);
  for (let i = 0; i < 10 * n && Math.sqrt(dot(residual, residual)) > enough; i++) {
    times(search, product);
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

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
