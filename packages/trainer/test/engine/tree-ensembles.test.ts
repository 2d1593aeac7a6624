import { predictProbabilities } from "@gillnet/model-bundle";

import { EnsembleGatherer, firstTrees, joinEnsembles } from "../../src/engine/tree-ensembles.ts";
import { GROWN_TABLE, growEnsemble } from "../grow-ensemble.ts";

test("parts joined are the whole, and the first trees of the whole are a part", () => {
  const whole = growEnsemble(0, 5);
  const parts = [growEnsemble(0, 2), growEnsemble(2, 3), growEnsemble(3, 5)];
  expect(joinEnsembles(parts)).toEqual(whole);
  const first = firstTrees(whole, 2);
  const alone = growEnsemble(0, 2);
  expect({ ...first, categoryBits: null }).toEqual({ ...alone, categoryBits: null });
  expect(predictProbabilities({ kind: "forest", trees: first }, GROWN_TABLE.x)).toEqual(
    predictProbabilities({ kind: "forest", trees: alone }, GROWN_TABLE.x),
  );
  expect(firstTrees(whole, 5)).toBe(whole);
});

describe("gathered as they come", () => {
  const sizes = [1, 3, 1, 4];
  const parts = sizes.map((size, i) => {
    const from = sizes.slice(0, i).reduce((sum, each) => sum + each, 0);
    return growEnsemble(from, from + size);
  });

  // More trees than were announced need more room than the first part lets expect.
  test.each([9, 1, 2, 40])("parts are the whole, %d trees announced", (announced) => {
    const gatherer = new EnsembleGatherer(announced);
    for (const part of parts) gatherer.add(part);
    expect(gatherer.finish()).toEqual(growEnsemble(0, 9));
  });

  test("one part is the whole by itself; none is an ensemble of no trees", () => {
    const whole = growEnsemble(0, 3);
    const gatherer = new EnsembleGatherer(3);
    gatherer.add(whole);
    expect(gatherer.finish()).toBe(whole);
    expect(new EnsembleGatherer(3).finish().roots.length).toBe(0);
  });
});
