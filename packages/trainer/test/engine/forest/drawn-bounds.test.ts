import { SeededRandom } from "@gillnet/entity";
import type { InputFeature } from "@gillnet/model-bundle";

import { gini } from "../../../src/engine/criterion.ts";
import { ForestGrower } from "../../../src/engine/forest/forest-grower.ts";
import { trainingSetOf } from "../../random-table.ts";

const numeric: InputFeature = { kind: "numeric", name: "a" };
const categorical = (categories: number): InputFeature => ({
  kind: "categorical",
  name: "a",
  categories: Array.from({ length: categories }, (_, i) => `${i}`),
});

/** What the root of a tree splits by. */
interface RootSplit {
  /** -1 when it is a leaf. */
  readonly feature: number;
  readonly bound: number;
  readonly leftBin: number;
  readonly rightBin: number;
  readonly missingLeft: boolean;
  readonly leftWeight: number;
  /** Whether a category goes left. */
  readonly goesLeft: (code: number) => boolean;
}

/** Draws a split of the one column of some of the rows, once a seed. */
function drawSplits(
  values: readonly number[],
  feature: InputFeature,
  draws: number,
  inNode: readonly number[] = [...values.keys()],
  minLeafWeight = 0,
): readonly RootSplit[] {
  const x = { data: Float64Array.from(values), rows: values.length, cols: 1 };
  const labels = Uint8Array.from(values, (_, row) => row % 2);
  const { binned, targets } = trainingSetOf({ x, features: [feature], labels });
  const isIn = Float64Array.from(values, (_, row) => Number(inNode.includes(row)));
  const ofNode = {
    sum: targets.sum.map((sum, row) => sum * (isIn[row] as number)),
    weight: targets.weight.map((weight, row) => weight * (isIn[row] as number)),
  };
  const grower = new ForestGrower(binned, {
    criterion: gini,
    limits: { maxDepth: 1, minSplitWeight: 0, minLeafWeight },
    columnsPerSplit: 1,
    bounds: "random",
  });
  const splits = Array.from({ length: draws }, (_, seed) => {
    const tree = grower.grow(ofNode, new SeededRandom(seed));
    const sets = tree.binSets.slice();
    return {
      feature: tree.feature[0] as number,
      bound: tree.bound[0] as number,
      leftBin: tree.leftBin[0] as number,
      rightBin: tree.rightBin[0] as number,
      missingLeft: tree.missingLeft[0] === 1,
      leftWeight: tree.weight[tree.left[0] as number] as number,
      goesLeft: (code: number) => (((sets[code >> 5] as number) >>> (code & 31)) & 1) === 1,
    };
  });
  grower.end();
  return splits;
}

/** Largest distance between the shares of `values` at or below a point and those of the uniform law. */
function distanceFromUniform(values: readonly number[], low: number, high: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(
    ...sorted.map((value, i) => Math.abs((i + 0.5) / sorted.length - (value - low) / (high - low))),
  );
}

test("a bound is uniform between the node's lowest and highest value", () => {
  // 0 and 100 are not in the node.
  const values = [0, 2, 3, 7, 10, 100];
  const splits = drawSplits(values, numeric, 2000, [1, 2, 3, 4]);
  // Kolmogorov's distance: 1.63 / sqrt(n) in one of a hundred cases.
  expect(
    distanceFromUniform(
      splits.map(({ bound }) => bound),
      2,
      10,
    ),
  ).toBeLessThan(0.036);
  for (const { bound, leftBin, rightBin, leftWeight } of splits) {
    expect(leftWeight).toBe([2, 3, 7, 10].filter((value) => value <= bound).length);
    expect(leftBin).toBe(values.filter((value) => value <= bound).length - 1);
    expect(rightBin).toBe(leftBin + 1);
    expect(bound).toBeLessThan(10);
  }
});

test("bins of several values are not cut: the bound moves to the nearer end", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i * i);
  const x = { data: Float64Array.from(values), rows: 1000, cols: 1 };
  const labels = Uint8Array.from(values, (_, row) => row % 2);
  const { binned } = trainingSetOf({ x, features: [numeric], labels });
  const bins = binned.columns[0];
  if (bins?.kind !== "numeric") throw new Error("A numeric column has numeric bins");
  const splits = drawSplits(values, numeric, 1500);
  for (const { bound, leftBin, leftWeight } of splits) {
    // The bound parts the values as the bins do.
    expect(bound).toBeGreaterThanOrEqual(bins.highest[leftBin] as number);
    expect(bound).toBeLessThan(bins.lowest[leftBin + 1] as number);
    expect(leftWeight).toBe(values.filter((value) => value <= bound).length);
  }
  const widest = Math.max(...bins.lowest.map((low, bin) => (bins.highest[bin] as number) - low));
  const slack = widest / (999 * 999);
  const distance = distanceFromUniform(
    splits.map(({ bound }) => bound),
    0,
    999 * 999,
  );
  expect(distance).toBeLessThan(1.63 / Math.sqrt(1500) + slack);
});

test("of two bins of several values each goes to its side", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i);
  const splits = drawSplits(values, numeric, 50, [500, 501, 502, 503, 504, 505]);
  for (const { leftWeight } of splits) expect([1, 2, 3, 4, 5]).toContain(leftWeight);
});

test("each category goes left with even chances, and no side is empty", () => {
  const splits = drawSplits([0, 1, 2, 4], categorical(6), 2800);
  const subsets = new Map<string, number>();
  for (const { goesLeft, leftWeight } of splits) {
    const subset = [0, 1, 2, 4].map((code) => Number(goesLeft(code))).join("");
    subsets.set(subset, (subsets.get(subset) ?? 0) + 1);
    // 3 and 5, which the node has none of, go with the heavier child.
    expect([goesLeft(3), goesLeft(5)]).toEqual(leftWeight > 2 ? [true, true] : [false, false]);
  }
  expect(subsets.size).toBe(14);
  for (const count of subsets.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
});

test("missing cells go to either side", () => {
  const splits = drawSplits([1, 5, NaN, NaN], numeric, 1000);
  const left = splits.filter(({ missingLeft }) => missingLeft);
  expect(Math.abs(left.length - 500)).toBeLessThan(4 * Math.sqrt(250));
  for (const { missingLeft, leftWeight } of splits) expect(leftWeight).toBe(missingLeft ? 3 : 1);
});

test("values that are all one are parted from missing cells on the right, or not at all", () => {
  for (const feature of [numeric, categorical(3)]) {
    const splits = drawSplits([2, 2, NaN], feature, 1000);
    const parted = splits.filter((split) => split.feature === 0);
    expect(Math.abs(parted.length - 500)).toBeLessThan(4 * Math.sqrt(250));
    for (const split of parted) {
      expect(split).toMatchObject({ missingLeft: false, leftWeight: 2 });
      if (feature === numeric) expect(split.rightBin).toBe(-1);
    }
  }
});

test("without missing cells in the node they go with the heavier child", () => {
  const splits = drawSplits([1, 9, 9, 9, NaN], numeric, 20, [0, 1, 2, 3]);
  for (const { missingLeft } of splits) expect(missingLeft).toBe(false);
});

test("a constant column is not split, nor one where a child would be too light", () => {
  expect(drawSplits([3, 3], numeric, 1)[0]?.feature).toBe(-1);
  expect(drawSplits([NaN, NaN, 1], categorical(2), 1, [0, 1])[0]?.feature).toBe(-1);
  expect(drawSplits([3, 5, 5, 5], numeric, 1, [0, 1, 2, 3], 2)[0]?.feature).toBe(-1);
});

test("a range wider than the largest number has bounds as well", () => {
  const splits = drawSplits([-1.7e308, 1.7e308], numeric, 20);
  for (const { bound, leftWeight } of splits) {
    expect(Number.isFinite(bound)).toBe(true);
    expect(leftWeight).toBe(1);
  }
});
