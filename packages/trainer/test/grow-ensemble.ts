import { SeededRandom } from "@gillnet/entity";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { gini } from "../src/engine/criterion.ts";
import { TreeGrower } from "../src/engine/grower.ts";
import { EnsembleBuilder } from "../src/engine/tree-predictor.ts";
import { randomTable, trainingSetOf } from "./random-table.ts";
import type { RandomTable } from "./random-table.ts";

/** Columns of every sort: few values, categories, more values than bins, more categories than bins. */
export const GROWN_TABLE: RandomTable = randomTable(
  700,
  [
    { kind: "numeric", levels: 3, missing: 0.1 },
    { kind: "categorical", levels: 40, missing: 0.1 },
    { kind: "numeric", levels: 1000 },
    { kind: "categorical", levels: 290 },
  ],
  new SeededRandom(31),
);

/** Trees `from` to `to` (exclusive) on that table: two columns drawn a node, leaves of two rows at least. */
export function growEnsemble(from: number, to: number): TreeEnsemble {
  const { binned, targets } = trainingSetOf(GROWN_TABLE);
  const limits = { maxDepth: Infinity, minSplitWeight: 0, minLeafWeight: 2 };
  const grower = new TreeGrower(binned, gini, limits, 2);
  const ensemble = new EnsembleBuilder(binned.columns, gini, 1);
  for (let tree = from; tree < to; tree++) {
    ensemble.add(grower.grow(targets, new SeededRandom(tree)));
  }
  return ensemble.finish();
}
