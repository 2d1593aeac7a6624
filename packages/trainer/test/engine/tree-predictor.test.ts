import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";
import type { TreeEnsemble } from "@gillnet/model-bundle";

import { gini } from "../../src/engine/criterion.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
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

test("raw rows end in the leaves that training put them in", () => {
  for (let seed = 0; seed < 5; seed++) {
    const trees = growEnsemble(table, seed, seed + 1);
    const answers = predictProbabilities({ kind: "forest", trees }, table.x);
    // Rows of one answer have that share of positives: leaves that share an answer share its share.
    const byAnswer = new Map<number, [number, number]>();
    answers.forEach((answer, row) => {
      const [sum, count] = byAnswer.get(answer) ?? [0, 0];
      byAnswer.set(answer, [sum + (table.labels[row] as number), count + 1]);
    });
    for (const [answer, [sum, count]] of byAnswer) expect(answer).toBeCloseTo(sum / count, 12);
  }
});

test("inner nodes carry the cover and share of their children together", () => {
  const trees = growEnsemble(table, 0, 3);
  trees.feature.forEach((feature, node) => {
    if (feature < 0) return;
    const [l, r] = [trees.left[node] as number, trees.right[node] as number];
    const cover = (trees.cover[l] as number) + (trees.cover[r] as number);
    expect(trees.cover[node]).toBe(cover);
    const positives = [l, r].reduce(
      (sum, child) => sum + (trees.cover[child] as number) * (trees.value[child] as number),
      0,
    );
    expect((trees.value[node] as number) * cover).toBeCloseTo(positives, 9);
  });
});

test("bounds are midpoints of training values, and the upper value never goes left", () => {
  const above = 1 + Number.EPSILON;
  const x = { data: Float64Array.of(1, above), rows: 2, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const { binned, targets } = trainingSetOf({ x, features, labels: Uint8Array.of(0, 1) });
  const limits = { maxDepth: 1, minSplitWeight: 0, minLeafWeight: 0 };
  const ensemble = new EnsembleBuilder(binned.columns, gini, 1);
  ensemble.add(new TreeGrower(binned, gini, limits, 1).grow(targets, new SeededRandom(0)));
  expect(ensemble.finish().threshold[0]).toBe(1);
});
