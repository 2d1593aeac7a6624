import { SeededRandom } from "@gillnet/entity";
import { predictProbabilities } from "@gillnet/model-bundle";

import { gini } from "../../src/engine/criterion.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
import { EnsembleBuilder } from "../../src/engine/tree-predictor.ts";
import { GROWN_TABLE, growEnsemble } from "../grow-ensemble.ts";
import { trainingSetOf } from "../random-table.ts";

test("raw rows end in the leaves that training put them in", () => {
  for (let seed = 0; seed < 5; seed++) {
    const trees = growEnsemble(seed, seed + 1);
    const answers = predictProbabilities({ kind: "forest", trees }, GROWN_TABLE.x);
    // Rows of one answer have that share of positives: leaves that share an answer share its share.
    const byAnswer = new Map<number, [number, number]>();
    answers.forEach((answer, row) => {
      const [sum, count] = byAnswer.get(answer) ?? [0, 0];
      byAnswer.set(answer, [sum + (GROWN_TABLE.labels[row] as number), count + 1]);
    });
    for (const [answer, [sum, count]] of byAnswer) expect(answer).toBeCloseTo(sum / count, 12);
  }
});

test("inner nodes carry the cover and share of their children together", () => {
  const trees = growEnsemble(0, 3);
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
  // Their midpoint rounds to the upper one.
  const below = 1 + Number.EPSILON;
  const x = { data: Float64Array.of(below, 1 + 2 * Number.EPSILON), rows: 2, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const { binned, targets } = trainingSetOf({ x, features, labels: Uint8Array.of(0, 1) });
  const limits = { maxDepth: 1, minSplitWeight: 0, minLeafWeight: 0 };
  const ensemble = new EnsembleBuilder(binned.columns, gini, 1);
  ensemble.add(new TreeGrower(binned, gini, limits, 1).grow(targets, new SeededRandom(0)));
  expect(ensemble.finish().threshold[0]).toBe(below);
});
