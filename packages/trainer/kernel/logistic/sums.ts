/*
 * Rows of inputs: float64, one row after the other, `width` a row. Rows and width are multiples of 4: those added to
 * make them so hold zeros.
 */

/** Rows that are weighed together, so that both copies stay in the cache. */
const CHUNK: i32 = 32;

/** OUT `margins`: for each row, the sum of its inputs times the parameters. */
export function multiplyRows(rows: i32, width: i32, inputs: usize, parameters: usize, margins: usize): void {
  let input = inputs;
  const last = parameters + (<usize>width << 3);
  for (let margin = margins, end = margins + (<usize>rows << 3); margin < end; margin += 8) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    for (let at = parameters; at < last; at += 32, input += 32) {
      a = f64x2.add(a, f64x2.mul(v128.load(input), v128.load(at)));
      b = f64x2.add(b, f64x2.mul(v128.load(input, 16), v128.load(at, 16)));
    }
    const sum = f64x2.add(a, b);
    store<f64>(margin, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}

/** OUT `sums`: for each input, the sum over rows of it times the row's amount. */
export function sumInputs(rows: i32, width: i32, inputs: usize, amounts: usize, sums: usize): void {
  const stride = <usize>width << 3;
  memory.fill(sums, 0, stride);
  for (let row = 0; row < rows; row += 4) {
    const amount = amounts + (<usize>row << 3);
    const a = v128.load64_splat(amount);
    const b = v128.load64_splat(amount, 8);
    const c = v128.load64_splat(amount, 16);
    const d = v128.load64_splat(amount, 24);
    const first = inputs + <usize>row * stride;
    const second = first + stride;
    const third = second + stride;
    const fourth = third + stride;
    for (let at: usize = 0; at < stride; at += 16) {
      const ab = f64x2.add(f64x2.mul(a, v128.load(first + at)), f64x2.mul(b, v128.load(second + at)));
      const cd = f64x2.add(f64x2.mul(c, v128.load(third + at)), f64x2.mul(d, v128.load(fourth + at)));
      v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.add(ab, cd)));
    }
  }
}

// @ts-ignore: AssemblyScript
@inline
function addTo(cell: usize, sum: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), sum));
}

// @ts-ignore: AssemblyScript
@inline
function product(sum: v128, x: v128, y: usize): v128 {
  return f64x2.add(sum, f64x2.mul(x, v128.load64_splat(y)));
}

/** Adds four by four cells: sums over some rows of inputs times weighed inputs. */
function addTile(rows: i32, stride: usize, inputs: usize, weighed: usize, cells: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let b0 = f64x2.splat(0);
  let b1 = f64x2.splat(0);
  let c0 = f64x2.splat(0);
  let c1 = f64x2.splat(0);
  let d0 = f64x2.splat(0);
  let d1 = f64x2.splat(0);
  let x = inputs;
  for (let y = weighed, end = weighed + <usize>rows * stride; y < end; y += stride, x += stride) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    a0 = product(a0, x0, y);
    a1 = product(a1, x1, y);
    b0 = product(b0, x0, y + 8);
    b1 = product(b1, x1, y + 8);
    c0 = product(c0, x0, y + 16);
    c1 = product(c1, x1, y + 16);
    d0 = product(d0, x0, y + 24);
    d1 = product(d1, x1, y + 24);
  }
  addTo(cells, a0);
  addTo(cells + 16, a1);
  addTo(cells + stride, b0);
  addTo(cells + stride + 16, b1);
  addTo(cells + 2 * stride, c0);
  addTo(cells + 2 * stride + 16, c1);
  addTo(cells + 3 * stride, d0);
  addTo(cells + 3 * stride + 16, d1);
}

/**
 * OUT `matrix`, `width` by `width`: on and below the diagonal, the sum over rows of weight * inputs * inputs'. Above it
 * only some cells are filled.
 *
 * @param scratch `width` * 32 float64
 */
export function sumSquares(
  rows: i32, width: i32, inputs: usize, weights: usize, scratch: usize, matrix: usize,
): void {
  const stride = <usize>width << 3;
  memory.fill(matrix, 0, <usize>width * stride);
  for (let row = 0; row < rows; row += CHUNK) {
    const chunk = min(CHUNK, rows - row);
    const first = inputs + <usize>row * stride;
    let to = scratch;
    let from = first;
    for (let i = 0; i < chunk; i++) {
      const weight = v128.load64_splat(weights + (<usize>(row + i) << 3));
      for (let end = to + stride; to < end; to += 16, from += 16) {
        v128.store(to, f64x2.mul(weight, v128.load(from)));
      }
    }
    for (let i: usize = 0; i < stride; i += 32) {
      for (let j: usize = 0; j <= i; j += 32) {
        addTile(chunk, stride, first + j, scratch + i, matrix + <usize>width * i + j);
      }
    }
  }
}
