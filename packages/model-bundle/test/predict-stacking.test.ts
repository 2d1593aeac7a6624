import { predictProbabilities } from "../src/predict-probabilities.ts";
import { MAX_LOG_ODDS, predictStacking } from "../src/predict-stacking.ts";
import { BOOSTING_MODEL, FOREST_MODEL, STACKING_MODEL } from "./sample-bundle.ts";

const DATA = Float64Array.of(10, 1, 0, 20, 1, 1, NaN, NaN, NaN, 54, 0, -1);
const MATRIX = { data: DATA, rows: 4, cols: 3 };

const logOdds = (p: number): number => Math.log(p / (1 - p));

test("adds the members' log-odds by their coefficients to the intercept, and squashes", () => {
  const boosting = predictProbabilities(BOOSTING_MODEL, MATRIX);
  expect(predictStacking(STACKING_MODEL, MATRIX)).toEqual(
    predictProbabilities(FOREST_MODEL, MATRIX).map((p, row) => {
      const score = -0.25 + 0.75 * logOdds(p) + -0.5 * logOdds(boosting[row] as number);
      return 1 / (1 + Math.exp(-score));
    }),
  );
});

test.each([0, 1])("a member that is sure of %d counts as one that is almost", (share) => {
  const trees = { ...FOREST_MODEL.trees, value: new Float64Array(8).fill(share) };
  const members = [{ kind: "forest", trees } as const];
  const model = { ...STACKING_MODEL, members, coefficients: Float64Array.of(2) };
  const almost = logOdds(share === 1 ? 1 - 1e-6 : 1e-6);
  expect(predictStacking(model, MATRIX)[0]).toBe(1 / (1 + Math.exp(-(-0.25 + 2 * almost))));
  expect(Math.abs(almost)).toBeLessThan(MAX_LOG_ODDS);
});

test("the largest coefficients still give a probability", () => {
  const coefficients = Float64Array.of(1e306, -1e306);
  for (const p of predictStacking({ ...STACKING_MODEL, coefficients }, MATRIX)) {
    expect(p >= 0 && p <= 1).toBe(true);
  }
});
