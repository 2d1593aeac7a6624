import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { gini } from "../../src/engine/criterion.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
import { firstTrees, joinEnsembles } from "../../src/engine/tree-ensembles.ts";
import { EnsembleBuilder } from "../../src/engine/tree-predictor.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";
import type { RandomTable } from "../random-table.ts";

function growEnsemble(table: RandomTable, from: number, to: number): TreeEnsemble {
  const { binned, targets } = trainingSetOf(table);
  const limits = { maxDepth: Infinity, minSplitWeight: 0, minLeafWeight: 2 };
  const grower = new TreeGrower(binned, gini, limits, 2);
  const ensemble = new EnsembleBuilder(binned.columns, gini, 1);
  for (let tree = from; tree < to; tree++) {
    ensemble.add(grower.grow(targets, new SeededRandom(tree)));
  }
  return ensemble.finish();
}

const table = randomTable(
  250,
  [
    { kind: "numeric", levels: 3, missing: 0.1 },
    { kind: "categorical", levels: 40, missing: 0.1 },
    { kind: "numeric", levels: 600 },
    { kind: "categorical", levels: 290 },
  ],
  new SeededRandom(31),
);

test("parts joined are the whole, and the first trees of the whole are a part", () => {
  const whole = growEnsemble(table, 0, 5);
  const parts = [growEnsemble(table, 0, 2), growEnsemble(table, 2, 3), growEnsemble(table, 3, 5)];
  expect(joinEnsembles(parts)).toEqual(whole);
  const first = firstTrees(whole, 2);
  const alone = growEnsemble(table, 0, 2);
  expect({ ...first, categoryBits: null }).toEqual({ ...alone, categoryBits: null });
  expect(predictProbabilities({ kind: "forest", trees: first }, table.x)).toEqual(
    predictProbabilities({ kind: "forest", trees: alone }, table.x),
  );
  expect(firstTrees(whole, 5)).toBe(whole);
});
