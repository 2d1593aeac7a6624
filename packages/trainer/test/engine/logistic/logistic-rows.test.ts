import { SeededRandom } from "@gillnet/entity";

import { LogisticRows } from "../../../src/engine/logistic/logistic-rows.ts";
import { columnMoments } from "../../../src/families/network/column-moments.ts";
import { targetsOf } from "../../random-table.ts";

const none = { data: new Float64Array(0), rows: 0, cols: 0 };

/** Rows of random inputs, the first of them 1, with weights far apart. */
function randomRows(count: number, cols: number): { rows: LogisticRows; inputs: number[][] } {
  const random = new SeededRandom(count + cols);
  const inputs = Array.from({ length: count }, () =>
    Array.from({ length: cols }, (_, k) => (k === 0 ? 1 : 4 * random.uniform() - 2)),
  );
  const rows = new LogisticRows(none, new Int32Array(count), randomTargets(count), cols);
  inputs.forEach((row, at) => rows.inputs.set(row, at * rows.width));
  return { rows, inputs };
}

function randomTargets(count: number): ReturnType<typeof targetsOf> {
  const random = new SeededRandom(5);
  const weight = Float64Array.from({ length: count }, () => 10 ** (4 * random.uniform() - 2));
  return { sum: weight.map((w) => w * random.uniform()), weight };
}

function expectClose(given: ArrayLike<number>, wanted: readonly number[]): void {
  expect(given.length).toBe(wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  wanted.forEach((value, i) =>
    expect(Math.abs((given[i] as number) - value)).toBeLessThanOrEqual(1e-13 * scale),
  );
}

describe.each([
  [1, 1],
  [5, 3],
  [33, 4],
  [70, 9],
  [257, 21],
])("%d rows of %d inputs", (count, cols) => {
  const { rows, inputs } = randomRows(count, cols);
  const { sum, weight } = randomTargets(count);
  const total = weight.reduce((all, w) => all + w, 0);
  afterAll(() => rows.end());

  // Margins of up to 1 or so, of dozens, and of thousands.
  test.each([0, 0.3, 20, 900])(
    "parameters of about %d: loss and derivatives, summed naively",
    (size) => {
      const random = new SeededRandom(3);
      const at = Float64Array.from({ length: cols }, () => size * (2 * random.uniform() - 1));
      let loss = 0;
      const gradient = new Array<number>(cols).fill(0);
      const curvature = Array.from({ length: cols }, () => new Array<number>(cols).fill(0));
      inputs.forEach((row, i) => {
        const [w, y] = [weight[i] as number, sum[i] as number];
        const z = row.reduce((margin, x, k) => margin + x * (at[k] as number), 0);
        const p = z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
        const q = z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
        loss += w * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) - y * z;
        row.forEach((x, k) => {
          gradient[k]! += ((w * p - y) * x) / total;
          row.forEach((other, j) => (curvature[k]![j]! += (w * p * q * x * other) / total));
        });
      });
      const ownGradient = new Float64Array(cols);
      const ownLoss = rows.evaluate(at, ownGradient);
      expect(Math.abs(ownLoss - loss / total)).toBeLessThanOrEqual(1e-14 * (1 + loss / total));
      expectClose(ownGradient, gradient);
      rows.findCurvature();
      const lower = curvature.flatMap((row, i) => row.slice(0, i + 1));
      const own = curvature.flatMap((_, i) =>
        Array.from(rows.curvature.subarray(i * rows.width, i * rows.width + i + 1)),
      );
      // 1 - p is rounded where p is close to 1, as the weights of such rows do not matter.
      own.forEach((cell, i) => expect(Math.abs(cell - (lower[i] as number))).toBeLessThan(1e-14));
    },
  );

  test("solves by the curvature, and leaves it as it is", () => {
    rows.evaluate(new Float64Array(cols), new Float64Array(cols));
    rows.findCurvature();
    // More than a few rows, so that no direction is without curvature.
    for (let k = 0; k < cols; k++) rows.curvature[k * rows.width + k]! += 0.5;
    const matrix = rows.curvature.slice();
    const right = Float64Array.from({ length: cols }, (_, k) => k - 1.5);
    const solution = right.slice();
    expect(rows.solve(solution)).toBe(true);
    expect(rows.curvature).toEqual(matrix);
    const cell = (i: number, j: number): number =>
      matrix[Math.max(i, j) * rows.width + Math.min(i, j)] as number;
    const products = Array.from(right, (_, i) =>
      solution.reduce((all, value, j) => all + cell(i, j) * value, 0),
    );
    expectClose(products, [...right]);
  });
});

test("what is not positive definite is not solved", () => {
  const { rows } = randomRows(8, 2);
  for (const matrix of [
    [1, 1, 1],
    [1, 2, 1],
    [0, 0, 0],
    [NaN, 0, 1],
  ] as const) {
    rows.curvature[0] = matrix[0];
    rows.curvature[rows.width] = matrix[1];
    rows.curvature[rows.width + 1] = matrix[2];
    const vector = Float64Array.of(3, 4);
    expect(rows.solve(vector)).toBe(false);
    expect(Array.from(vector)).toEqual([3, 4]);
  }
  rows.end();
});

test("a column's moments and numbers are those of the rows that take part, missing cells apart", () => {
  const data = Float64Array.of(1, 9, NaN, 9, 4, 9, 100, 9, 6, NaN);
  const x = { data, rows: 5, cols: 2 };
  const taking = Int32Array.of(0, 1, 2, 4);
  const targets = targetsOf([0, 1, 0, 1], [1, 2, 3, 0.5]);
  const all = Float64Array.of(1, 2, 3, 0, 0.5);
  const rows = new LogisticRows(x, taking, targets, 3);
  for (const column of [0, 1]) {
    expect(rows.moments(column)).toEqual(columnMoments(x, column, taking, all));
  }
  rows.fillNumbers(0, 1, 2, 4);
  expect(Array.from(rows.inputs)).toEqual([-0.25, 0, 0.5, 1].flatMap((value) => [0, value, 0, 0]));
  rows.end();

  const missing = { data: Float64Array.of(NaN), rows: 1, cols: 1 };
  const single = new LogisticRows(missing, Int32Array.of(0), targetsOf([1]), 1);
  expect(single.moments(0)).toEqual([0, 0]);
  single.end();
});
