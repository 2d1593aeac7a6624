import { predictProbabilities } from "@gillnet/model-bundle";

import { firstTrees, joinEnsembles } from "../../src/engine/tree-ensembles.ts";
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
