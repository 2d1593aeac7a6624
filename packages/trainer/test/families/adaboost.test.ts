import { predictProbabilities } from "@gillnet/model-bundle";
import type { BoostingModel } from "@gillnet/model-bundle";

import { adaboost } from "../../src/families/adaboost.ts";
import type { FitResult } from "../../src/families/family.ts";
import { testClassifierContract } from "../classifier-contract.ts";
import { fitContext } from "../fit-context.ts";
import { trainingSetOf } from "../random-table.ts";

const PARAMS = { learning_rate: 1, n_estimators: 40 };

testClassifierContract(adaboost, PARAMS, 0.75, false);

const features = [{ kind: "numeric", name: "a" }] as const;

async function fit(cells: readonly number[], labels: readonly number[]): Promise<FitResult> {
  const x = { data: Float64Array.from(cells), rows: cells.length, cols: 1 };
  const training = trainingSetOf({ x, features, labels: Uint8Array.from(labels) });
  return adaboost.fit(training, PARAMS, fitContext(1));
}

test("a stump without error ends it", async () => {
  const model = (await fit([0, 0, 1, 1], [0, 0, 1, 1])).model as BoostingModel;
  expect(Array.from(model.trees.value)).toEqual([-1, -1, 1]);
  expect(model.scale).toBe(2);
});

test("without a stump that does better than chance the answer is 0.5, and a note says so", async () => {
  const { model, notes } = await fit([5, 5, 5, 5], [0, 1, 0, 1]);
  expect(predictProbabilities(model, { data: Float64Array.of(5), rows: 1, cols: 1 })[0]).toBe(0.5);
  expect(notes).toEqual(["AdaBoost found no stump that does better than chance"]);
});

test("it ends before a stump that does no better than chance", async () => {
  const model = (await fit([5, 5, 5, 5], [0, 1, 0, 0])).model as BoostingModel;
  expect(model.trees.roots.length).toBeLessThan(3);
});

test("every node has the stump's vote, and covers the rows as they weigh to begin with", async () => {
  const { trees, scale } = (await fit([0, 1, 2, 3, 4], [1, 0, 1, 1, 0])).model as BoostingModel;
  let votes = 0;
  trees.roots.forEach((root) => {
    const vote = Math.abs(trees.value[root] as number);
    votes += vote;
    for (let node = root; node < root + 3; node++) {
      expect(Math.abs(trees.value[node] as number)).toBe(vote);
    }
    expect(trees.cover[root]).toBe(5);
  });
  expect(scale).toBe(2 / votes);
});
