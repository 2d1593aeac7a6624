import { SeededRandom } from "@gillnet/entity";

import { LogisticRows } from "../../../src/engine/logistic/logistic-rows.ts";
import { columnMoments } from "../../../src/families/network/column-moments.ts";
import { ContrastDesign } from "../../../src/families/logistic/contrast-design.ts";
import { contrastLogLoss } from "../../../src/families/logistic/contrast-log-loss.ts";
import { logisticColumns, takingRows } from "../../../src/families/logistic/logistic-columns.ts";
import { logisticDesign } from "../../../src/families/logistic/logistic-design.ts";
import { minimize } from "../../../src/families/logistic/newton.ts";
import { penalisedLogLoss } from "../../../src/families/logistic/penalised-log-loss.ts";
import { randomTable, targetsOf } from "../../random-table.ts";
import type { ColumnRecipe } from "../../random-table.ts";

const recipes: readonly ColumnRecipe[] = [
  { kind: "categorical", levels: 3 },
  { kind: "numeric", levels: 5, missing: 0.2 },
  { kind: "categorical", levels: 4, missing: 0.2 },
  { kind: "categorical", levels: 1 },
  { kind: "categorical", levels: 2, missing: 1 },
  // Some of its categories have no row.
  { kind: "categorical", levels: 60 },
  { kind: "numeric", levels: 1 },
];

const ROWS = 90;
const table = randomTable(ROWS, recipes, new SeededRandom(6));
const random = new SeededRandom(7);
// Every fifth row takes no part.
const weights = Float64Array.from({ length: ROWS }, (_, row) =>
  row % 5 === 0 ? 0 : 0.1 + random.uniform(),
);
const targets = targetsOf(table.labels, weights);
const taking = takingRows(targets);
const { x, features } = table;
const columns = logisticColumns(
  features,
  taking,
  (column) => columnMoments(x, column, taking.taking, targets.weight),
  true,
);
const design = new ContrastDesign(x, features, taking.taking);
const rows = new LogisticRows(x, taking.taking, taking.targets, design.parameters);
design.fillInputs(x, columns, rows);
const C = 0.7;
const contrast = contrastLogLoss(design, rows, C);
const plain = penalisedLogLoss(logisticDesign(x, features, columns), C);

/** The plain objective's parameters for these of the contrast's. */
function plainOf(at: Float64Array): Float64Array {
  const { intercept, coefficients } = design.coefficients(at, columns);
  return Float64Array.of(intercept, ...coefficients);
}

function randomParameters(): Float64Array {
  return Float64Array.from({ length: design.parameters }, () => 2 * random.uniform() - 1);
}

test("it has fewer parameters than there are coefficients", () => {
  const code = (row: number): number => x.data[row * x.cols + 5] as number;
  const seen = new Set(Array.from(taking.taking, code)).size;
  expect(seen).toBeLessThan(60);
  // The intercept, two numeric columns, and of the categorical ones the contrasts.
  expect(design.parameters).toBe(1 + 2 + 2 + 4 + 0 + 0 + (seen - 1));
});

test("its objective is the plain one's at the coefficients that it means", () => {
  for (let i = 0; i < 5; i++) {
    const at = randomParameters();
    const value = contrast.evaluate(at, new Float64Array(design.parameters));
    const wanted = plain.evaluate(plainOf(at), new Float64Array(plain.parameters));
    expect(Math.abs(value - wanted)).toBeLessThan(1e-13);
  }
});

test("its derivatives are those of its values", () => {
  const n = design.parameters;
  const at = randomParameters();
  const gradient = new Float64Array(n);
  contrast.evaluate(at, gradient);
  contrast.curvature.diagonal(new Float64Array(n));
  const curvature = Array.from({ length: n }, (_, k) => {
    const product = new Float64Array(n);
    contrast.curvature.times(
      Float64Array.from({ length: n }, (__, i) => Number(i === k)),
      product,
    );
    return product;
  });
  const step = 1e-5;
  for (let k = 0; k < n; k++) {
    const [up, down] = [new Float64Array(n), new Float64Array(n)];
    const value = (by: number, out: Float64Array): number =>
      contrast.evaluate(
        at.map((parameter, i) => parameter + (i === k ? by : 0)),
        out,
      );
    const slope = (value(step, up) - value(-step, down)) / (2 * step);
    expect(Math.abs(slope - (gradient[k] as number))).toBeLessThan(1e-9);
    up.forEach((cell, i) => {
      const bend = (cell - (down[i] as number)) / (2 * step);
      expect(Math.abs(bend - (curvature[k]?.[i] as number))).toBeLessThan(1e-9);
    });
  }
});

test("it has the minimum that conjugate gradients find of the plain one", () => {
  const own = minimize(contrast, 100);
  const wanted = minimize(plain, 100);
  expect(own.converged && wanted.converged).toBe(true);
  plainOf(own.at).forEach((value, k) =>
    expect(Math.abs(value - (wanted.at[k] as number))).toBeLessThan(1e-6),
  );
  // The constant category is the intercept's, the hidden ones nobody's.
  const start = columns.start[3] as number;
  expect(
    Array.from(design.coefficients(own.at, columns).coefficients.slice(start, start + 3)),
  ).toEqual([0, 0, 0]);
});
