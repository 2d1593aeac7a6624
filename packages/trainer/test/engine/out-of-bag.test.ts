import { SeededRandom } from "@gillnet/entity";

import { Bootstrap } from "../../src/engine/bootstrap.ts";
import { gini } from "../../src/engine/criterion.ts";
import { ForestGrower } from "../../src/engine/forest/forest-grower.ts";
import { addVotes, OutOfBag } from "../../src/engine/out-of-bag.ts";
import type { OutOfBagVotes } from "../../src/engine/out-of-bag.ts";
import { EnsembleBuilder } from "../../src/engine/tree-predictor.ts";
import { randomTable, targetsOf, trainingSetOf } from "../random-table.ts";

const table = randomTable(
  1300,
  [
    { kind: "numeric", levels: 30, missing: 0.1 },
    { kind: "categorical", levels: 5 },
    { kind: "numeric", levels: 700 },
  ],
  new SeededRandom(71),
);
const RULES = {
  criterion: gini,
  limits: { maxDepth: 6, minSplitWeight: 0, minLeafWeight: 0 },
  columnsPerSplit: 2,
  bounds: "best",
} as const;

/** What a tree says of a row, by walking down. */
function answerOf(tree: ReturnType<EnsembleBuilder["add"]>, row: number): number {
  let node = 0;
  while (tree.feature[node] !== -1) {
    const cell = table.x.data[row * table.x.cols + (tree.feature[node] as number)] as number;
    const bits = tree.categoryStart[node] as number;
    const left = Number.isNaN(cell)
      ? tree.missingLeft[node] === 1
      : bits < 0
        ? cell <= (tree.threshold[node] as number)
        : (((tree.categoryBits[bits + (cell >> 5)] as number) >>> (cell & 31)) & 1) === 1;
    node = (left ? tree.left[node] : tree.right[node]) as number;
  }
  return tree.value[node] as number;
}

describe("votes equal a naive recount", () => {
  test.each([
    ["rows of weight 1", 1, (): number => 1],
    ["weights that are no integers, a row each", 0.7, (row: number): number => 0.2 + (row % 3) / 2],
  ] as const)("%s", (_, weightUnit, weightOf) => {
    const weights = Array.from(table.labels, (__, row) => weightOf(row));
    const { binned } = trainingSetOf(table);
    const bootstrap = new Bootstrap(targetsOf(table.labels, weights), weightUnit);
    const outOfBag = new OutOfBag(table.x, bootstrap);
    const grower = new ForestGrower(binned, RULES);
    const sum = new Float64Array(1300);
    const trees = new Int32Array(1300);
    for (let seed = 0; seed < 4; seed++) {
      const random = new SeededRandom(seed);
      const sample = bootstrap.draw(random);
      const left = sample.weight.map((weight) => (weight === 0 ? 1 : 0));
      const tree = new EnsembleBuilder(binned.columns, gini, 1).add(grower.grow(sample, random));
      outOfBag.add(tree, random.fork("copies"));
      for (let row = 0; row < 1300; row++) {
        if (left[row] === 0) continue;
        sum[row] = (sum[row] as number) + answerOf(tree, row);
        trees[row] = (trees[row] as number) + 1;
      }
    }
    expect(outOfBag.votes.sum).toEqual(sum);
    expect(outOfBag.votes.trees).toEqual(trees);
    expect(outOfBag.votes.positive).toEqual(table.labels);
    expect(Array.from(outOfBag.votes.weight)).toEqual(weights);
  });
});

test("of a row of weight w each copy is out by itself, as if it stood alone", () => {
  const x = { data: Float64Array.of(1, 2, 3), rows: 3, cols: 1 };
  const targets = { sum: Float64Array.of(4, 0, 1), weight: Float64Array.of(4, 1, 3) };
  const bootstrap = new Bootstrap(targets, 1);
  const outOfBag = new OutOfBag(x, bootstrap);
  const leaf = {
    roots: Int32Array.of(0),
    feature: Int32Array.of(-1),
    threshold: Float64Array.of(0),
    left: Int32Array.of(-1),
    right: Int32Array.of(-1),
    missingLeft: Uint8Array.of(0),
    categoryStart: Int32Array.of(-1),
    categoryBits: new Uint32Array(0),
    value: Float64Array.of(0.25),
    cover: Float64Array.of(8),
  };
  const samples = 6000;
  const together = { two: 0 };
  let before = 0;
  for (let seed = 0; seed < samples; seed++) {
    const random = new SeededRandom(seed);
    bootstrap.draw(random);
    const seen = outOfBag.votes.trees.slice();
    outOfBag.add(leaf, random.fork("copies"));
    const isOut = outOfBag.votes.trees.map((trees, copy) => trees - (seen[copy] as number));
    together.two += (isOut[0] as number) * (isOut[1] as number);
    const drawn = bootstrap.count.reduce((a, b) => a + b);
    expect(isOut.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(8 - drawn);
    before += drawn;
  }
  expect(before).toBe(8 * samples);
  // Pairs in order: the four of row 0, row 1, then of row 2 the two negatives and the positive.
  expect(Array.from(outOfBag.votes.positive)).toEqual([1, 1, 1, 1, 0, 0, 0, 1]);
  const chance = (7 / 8) ** 8;
  outOfBag.votes.trees.forEach((trees) => {
    const deviation = Math.sqrt((chance * (1 - chance)) / samples);
    expect(Math.abs(trees / samples - chance)).toBeLessThan(4 * deviation);
  });
  const both = (6 / 8) ** 8;
  const deviation = Math.sqrt((both * (1 - both)) / samples);
  expect(Math.abs(together.two / samples - both)).toBeLessThan(4 * deviation);
  outOfBag.votes.sum.forEach((sum, copy) =>
    expect(sum).toBeCloseTo(0.25 * (outOfBag.votes.trees[copy] as number), 8),
  );
});

test("votes of several groups of trees add up", () => {
  const part = (sum: number[], trees: number[]): OutOfBagVotes => ({
    sum: Float64Array.from(sum),
    trees: Int32Array.from(trees),
    positive: Uint8Array.of(1, 0),
    weight: Float64Array.of(1, 1),
  });
  const parts = [part([0.5, 0], [1, 0]), part([1, 0.25], [2, 1])];
  const copy = structuredClone(parts);
  expect(addVotes(parts)).toEqual(part([1.5, 0.25], [3, 1]));
  expect(parts).toEqual(copy);
});
