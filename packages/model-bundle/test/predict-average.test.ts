import type { AverageModel } from "../src/bundle.ts";
import { predictAverage } from "../src/predict-average.ts";
import { predictProbabilities } from "../src/predict-probabilities.ts";
import { AVERAGE_MODEL, FOREST_MODEL } from "./sample-bundle.ts";

const DATA = Float64Array.of(10, 1, 0, 20, 1, 1, NaN, NaN, NaN, 54, 0, -1);
const MATRIX = { data: DATA, rows: 4, cols: 3 };

test("adds the members' probabilities by their weights, in order", () => {
  const [forest, logistic, network] = AVERAGE_MODEL.members.map((member) =>
    predictProbabilities(member, MATRIX),
  ) as [Float64Array, Float64Array, Float64Array];
  expect(predictAverage(AVERAGE_MODEL, MATRIX)).toEqual(
    forest.map(
      (p, row) => 0.5 * p + 0.125 * (logistic[row] ?? NaN) + 0.375 * (network[row] ?? NaN),
    ),
  );
});

test("one member of weight 1 is that member", () => {
  const model: AverageModel = {
    kind: "average",
    members: [FOREST_MODEL],
    weights: Float64Array.of(1),
  };
  expect(predictAverage(model, MATRIX)).toEqual(predictProbabilities(FOREST_MODEL, MATRIX));
});

test("weights that add up to a little more than 1 make no probability above 1", () => {
  const value = new Float64Array(8).fill(1);
  const sure = { ...FOREST_MODEL, trees: { ...FOREST_MODEL.trees, value } };
  const weights = Float64Array.of(0.5, 0.5 + 1e-10);
  const model: AverageModel = { kind: "average", members: [sure, sure], weights };
  expect([...predictAverage(model, MATRIX)]).toEqual([1, 1, 1, 1]);
});
