import * as fc from "fast-check";
import { SeededRandom } from "@gillnet/entity";
import { decodeBundle } from "../src/decode-bundle.ts";
import { encodeBundle } from "../src/encode-bundle.ts";
import { predictBoosting } from "../src/predict-boosting.ts";
import { sumTrees } from "../src/sum-trees.ts";
import { randomTrees } from "./random-bundle.ts";
import { BOOSTING_BUNDLE, BOOSTING_MODEL } from "./sample-bundle.ts";

function predict(...cells: number[]): number {
  const data = Float64Array.from(cells);
  return predictBoosting(BOOSTING_MODEL, { data, rows: 1, cols: 3 })[0] as number;
}

test("scales the sum of the leaves, adds the initial score, and squashes", () => {
  // -0.5 + 0.75 * (-1.5 + 4) = 1.375
  expect(predict(10, 1, 0)).toBe(1 / (1 + Math.exp(-1.375)));
  // -0.5 + 0.75 * (2.25 - 3) = -1.0625
  expect(predict(20, 1, 1)).toBe(1 / (1 + Math.exp(1.0625)));
});

test("scores at the edge of overflow still give a probability", () => {
  const value = Float64Array.of(0, 8e307, 0, 0, -8e307, 0, 8e307, -8e307);
  const model = { ...BOOSTING_MODEL, scale: 1, trees: { ...BOOSTING_MODEL.trees, value } };
  expect(() => encodeBundle({ ...BOOSTING_BUNDLE, model })).not.toThrow();
  const data = Float64Array.of(10, 1, 0, 20, 1, 1, NaN, NaN, NaN);
  const answers = predictBoosting(model, { data, rows: 3, cols: 3 });
  expect(answers.slice(0, 2)).toEqual(Float64Array.of(1, 0));
  expect(answers[2]).toBeLessThanOrEqual(1);
});

test("the definition holds for any trees, and survives the file", () => {
  const { features } = BOOSTING_BUNDLE;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new SeededRandom(seed);
      const trees = randomTrees(random, features);
      const model = { ...BOOSTING_MODEL, trees, scale: random.uniform() + 0.1 };
      const data = Float64Array.from({ length: 60 }, (_, i) =>
        random.integer(6) === 0 ? NaN : i % 3 === 1 ? random.integer(3) : random.integer(60) - 20,
      );
      const matrix = { data, rows: 20, cols: 3 };
      const answers = predictBoosting(model, matrix);
      sumTrees(trees, matrix).forEach((sum, row) =>
        expect(answers[row]).toBe(1 / (1 + Math.exp(0.5 - model.scale * sum))),
      );
      const decoded = decodeBundle(encodeBundle({ ...BOOSTING_BUNDLE, model })).model;
      expect(decoded.kind === "boosting" && predictBoosting(decoded, matrix)).toEqual(answers);
    }),
    { numRuns: 50 },
  );
});
