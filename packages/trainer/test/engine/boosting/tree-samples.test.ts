import { SeededRandom } from "@gillnet/entity";

import { boostingKernels } from "../../../src/engine/boosting/kernel.ts";
import { Subsample } from "../../../src/engine/boosting/subsample.ts";
import { TreeSamples } from "../../../src/engine/boosting/tree-samples.ts";
import { EQUAL_CLASSES } from "../../../src/engine/dtypes.ts";

const kernel = boostingKernels.take();
const targets = { sum: Float64Array.of(0, 2, 3), weight: Float64Array.of(1, 3, 3) };
const drawn = { targets, weightUnit: 1, classWeights: EQUAL_CLASSES };

test("a tree's rows are drawn once, from its own stream", () => {
  const random = new SeededRandom(5);
  const samples = new TreeSamples(targets, drawn, 0.6, random, kernel);
  const second = samples.of(2);
  expect(samples.of(2)).toBe(second);
  expect(second).toEqual({
    tree: 2,
    targets: new Subsample(targets, 0.6, 1, kernel).draw(new SeededRandom(5).fork(2)),
  });
  expect(samples.of(3)).not.toBe(second);
});

test("a share of 1 is all rows, always the same object", () => {
  const samples = new TreeSamples(targets, drawn, 1, new SeededRandom(5), kernel);
  expect(samples.of(0).targets).toBe(targets);
  expect(samples.of(7)).toBe(samples.of(0));
});
