/** A pivot that is a smaller share of its diagonal cell is all rounding. */
const LEAST_PIVOT: f64 = 1e-13;

/**
 * Solves matrix * solution = right by Cholesky's factorisation.
 *
 * @param n how many equations
 * @param width cells from one row of the matrix to the next
 * @param matrix symmetric: its lower triangle is read, and overwritten
 * @param solution IN the right side, OUT the solution
 * @returns 0 when the matrix is not positive definite, to the precision of its numbers; else 1
 */
export function solve(n: i32, width: i32, matrix: usize, solution: usize): i32 {
  const stride = <usize>width << 3;
  for (let i = 0; i < n; i++) {
    const row = matrix + <usize>i * stride;
    const diagonal = row + (<usize>i << 3);
    let pivot = load<f64>(diagonal);
    const least = LEAST_PIVOT * pivot;
    let right = load<f64>(solution + (<usize>i << 3));
    let other = matrix;
    for (let j = 0; j < i; j++, other += stride) {
      const to = <usize>j << 3;
      let cell = load<f64>(row + to);
      for (let k: usize = 0; k < to; k += 8) cell -= load<f64>(row + k) * load<f64>(other + k);
      cell /= load<f64>(other + to);
      store<f64>(row + to, cell);
      pivot -= cell * cell;
      right -= cell * load<f64>(solution + to);
    }
    if (!(pivot > least)) return 0;
    const root = sqrt(pivot);
    store<f64>(diagonal, root);
    store<f64>(solution + (<usize>i << 3), right / root);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = matrix + <usize>i * stride;
    const value = load<f64>(solution + (<usize>i << 3)) / load<f64>(row + (<usize>i << 3));
    store<f64>(solution + (<usize>i << 3), value);
    for (let k: usize = 0, end = <usize>i << 3; k < end; k += 8) {
      store<f64>(solution + k, load<f64>(solution + k) - load<f64>(row + k) * value);
    }
  }
  return 1;
}
