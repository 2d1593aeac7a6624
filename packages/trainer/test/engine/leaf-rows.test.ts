import { SeededRandom } from "@gillnet/entity";

import { gini } from "../../src/engine/criterion.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
import { LeafRows } from "../../src/engine/leaf-rows.ts";
import { EnsembleBuilder } from "../../src/engine/tree-predictor.ts";
import { predictProbabilities } from "@gillnet/model-bundle";
import { NO_LIMITS } from "../no-limits.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";

test("every row ends in the leaf that the ensemble sends it to, whether the tree saw it or not", () => {
  const table = randomTable(
    240,
    [
      { kind: "numeric", levels: 4, missing: 0.1 },
      { kind: "categorical", levels: 40, missing: 0.1 },
      { kind: "numeric", levels: 200 },
    ],
    new SeededRandom(6),
  );
  // Every third row takes no part.
  const weights = Array.from({ length: 240 }, (_, row) => (row % 3 === 0 ? 0 : 1));
  const { binned, targets, x } = trainingSetOf(table, weights);
  const grower = new TreeGrower(binned, gini, NO_LIMITS, 2);
  const leafRows = new LeafRows(binned);
  for (let seed = 0; seed < 5; seed++) {
    const tree = grower.grow(targets, new SeededRandom(seed));
    leafRows.send(tree);
    // Each node answers with its own number, divided to be a share.
    const value = Float64Array.from({ length: tree.count }, (_, node) => node / 1024);
    const ensemble = new EnsembleBuilder(binned.columns, gini, 1);
    ensemble.add(tree, { value, cover: new Float64Array(tree.count).fill(1) });
    const answers = predictProbabilities({ kind: "forest", trees: ensemble.finish() }, x);
    const seen: number[] = [];
    for (let node = 0; node < tree.count; node++) {
      if ((tree.feature[node] as number) >= 0) continue;
      for (const row of leafRows.rows.subarray(leafRows.start[node], leafRows.end[node])) {
        expect((answers[row] as number) * 1024).toBe(node);
        seen.push(row);
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 240 }, (_, row) => row));
  }
});
