import { predictLogistic } from "../src/predict-logistic.ts";
import { LOGISTIC_MODEL } from "./sample-bundle.ts";

function predict(...cells: number[]): number {
  const data = Float64Array.from(cells);
  return predictLogistic(LOGISTIC_MODEL, { data, rows: 1, cols: 3 })[0] as number;
}

test("adds the terms of numbers and categories", () => {
  // -0.25 + 1.5 * (38.75 - 26.5) / 12.25 + 0.75 - 2 * (1 - 0.5) / 2 = 1.5
  expect(predict(38.75, 1, 1)).toBe(1 / (1 + Math.exp(-1.5)));
});

test("a missing cell adds nothing", () => {
  expect(predict(NaN, NaN, NaN)).toBe(1 / (1 + Math.exp(0.25)));
  expect(predict(26.5, NaN, 0.5)).toBe(predict(NaN, NaN, NaN));
});

test.each([
  [1.7e308, 0, 1.7e308],
  [-1.7e308, 2, -1.7e308],
  [Infinity, NaN, Infinity],
  [-Infinity, NaN, -Infinity],
])("however far out, there is a probability: %d, %d, %d", (...cells) => {
  const probability = predict(...cells);
  expect(probability >= 0 && probability <= 1).toBe(true);
});

test("a coefficient of 0 says nothing, however far out its column is", () => {
  const model = { ...LOGISTIC_MODEL, coefficients: Float64Array.of(0, 0, 0, 0, 0) };
  const data = Float64Array.of(Infinity, 0, -Infinity);
  expect(predictLogistic(model, { data, rows: 1, cols: 3 })[0]).toBe(1 / (1 + Math.exp(0.25)));
});
