import { SeededRandom } from "@gillnet/entity";

import { canonicalPart } from "../src/data/canonical-part.ts";
import { evaluateTest } from "../src/evaluate-test.ts";

const matrix = { data: Float64Array.of(1, 1, 2, 1, 3, 0, 4, 0, 4, 1), rows: 5, cols: 2 };
const rows = {
  data: Float64Array.from([1, 2, 3, 4, 4].flatMap((g, i) => [i, g, 1])),
  rows: 5,
  cols: 3,
};
const part = canonicalPart(matrix, rows, [{ kind: "numeric", name: "a" }], "test");

test("scores, counts and intervals are of the same predictions, seen from both classes", () => {
  const ofValue = [0, 0.9, 0.2, 0.1, 0.6];
  const probability = part.x.data.map((value) => ofValue[value] as number);
  const result = evaluateTest(part, probability, 0.5, new SeededRandom(1));
  expect(result.confusion).toEqual({
    truePositive: 2,
    falsePositive: 1,
    trueNegative: 1,
    falseNegative: 1,
  });
  expect(result.scores).toMatchObject({ accuracy: 0.6, recall: 2 / 3, precision: 2 / 3 });
  expect(result.negativeAsPositive).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
  expect(result.intervals.accuracy.value).toBe(0.6);
  expect(evaluateTest(part, probability, 0.5, new SeededRandom(1))).toEqual(result);
});
