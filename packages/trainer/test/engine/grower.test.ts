import { SeededRandom } from "@gillnet/entity";

import { entropy, gini } from "../../src/engine/criterion.ts";
import type { Criterion } from "../../src/engine/criterion.ts";
import { TreeGrower } from "../../src/engine/grower.ts";
import type { GrowthLimits } from "../../src/engine/growth-limits.ts";
import type { GrownTree } from "../../src/engine/grown-tree.ts";
import type { TrainingSet } from "../../src/families/family.ts";
import { expectSameTree, naiveTree } from "../naive-tree.ts";
import { NO_LIMITS } from "../no-limits.ts";
import { randomTable, trainingSetOf } from "../random-table.ts";
import type { ColumnRecipe } from "../random-table.ts";

function growAll(
  { binned, targets }: TrainingSet,
  criterion: Criterion,
  limits: GrowthLimits,
): GrownTree {
  const grower = new TreeGrower(binned, criterion, limits, binned.codes.cols);
  return grower.grow(targets, new SeededRandom(0));
}

/** The fields of a tree's nodes that are in use. */
function nodesOf(tree: GrownTree): Record<string, number[]> {
  const { count, feature, leftBin, rightBin, missingLeft, left, right, sum, weight } = tree;
  const fields = { feature, leftBin, rightBin, missingLeft, left, right, sum, weight };
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, Array.from(values.subarray(0, count))]),
  );
}

const NUMERIC: readonly ColumnRecipe[] = [
  { kind: "numeric", levels: 3 },
  { kind: "numeric", levels: 7, missing: 0.2 },
  { kind: "numeric", levels: 30 },
  { kind: "numeric", levels: 2, missing: 0.4 },
  { kind: "numeric", levels: 1 },
];

describe("trees that look at all columns equal the oracle's", () => {
  test.each([
    ["gini", gini, NO_LIMITS],
    ["entropy", entropy, NO_LIMITS],
    ["gini, shallow", gini, { ...NO_LIMITS, maxDepth: 3 }],
    ["gini, large leaves", gini, { ...NO_LIMITS, minLeafWeight: 12 }],
  ] as const)("%s, numeric columns", (_, criterion, limits) => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 3; round++) {
      const table = randomTable(90, NUMERIC, random);
      const weights = Array.from({ length: 90 }, () => random.integer(4));
      const training = trainingSetOf(table, weights);
      const oracle = naiveTree(table.x, table.features, training.targets, criterion, limits);
      expectSameTree(growAll(training, criterion, limits), 0, oracle);
    }
  });

  test("of categories, some prefix by share is as good as the best of all subsets", () => {
    const random = new SeededRandom(12);
    for (let round = 0; round < 20; round++) {
      const table = randomTable(60, [{ kind: "categorical", levels: 7, missing: 0.1 }], random);
      const training = trainingSetOf(table);
      const limits = { ...NO_LIMITS, maxDepth: 1, minLeafWeight: 3 };
      const tree = growAll(training, gini, limits);
      const oracle = naiveTree(table.x, table.features, training.targets, gini, limits);
      const cost = [1, 2].map((node) =>
        gini.cost(tree.sum[node] as number, tree.weight[node] as number),
      );
      expect((cost[0] as number) + (cost[1] as number)).toBeCloseTo(oracle.cost as number, 10);
    }
  });
});

test("a known tree is found again", () => {
  // Positive when a > 0 and b is 2.
  const rows = [-1, 0, 1].flatMap((a) => [0, 1, 2].flatMap((b) => [[a, b, 5]]));
  const table = {
    x: { data: Float64Array.from(rows.flat()), rows: rows.length, cols: 3 },
    features: ["a", "b", "c"].map((name) => ({ kind: "numeric" as const, name })),
    labels: Uint8Array.from(rows, ([a, b]) => (a === 1 && b === 2 ? 1 : 0)),
  };
  const tree = growAll(trainingSetOf(table), gini, NO_LIMITS);
  // a and b are equally good at the root: the lower feature is taken.
  expect(nodesOf(tree)).toMatchObject({
    feature: [0, -1, 1, -1, -1],
    leftBin: [1, -1, 1, -1, -1],
    rightBin: [2, -1, 2, -1, -1],
    left: [1, -1, 3, -1, -1],
    right: [2, -1, 4, -1, -1],
  });
});

describe("ties", () => {
  function stump(columns: readonly (readonly number[])[], labels: readonly number[]): GrownTree {
    const rows = labels.length;
    const data = new Float64Array(rows * columns.length);
    columns.forEach((column, c) => column.forEach((v, r) => (data[r * columns.length + c] = v)));
    const features = columns.map((_, c) => ({ kind: "numeric" as const, name: `${c}` }));
    const x = { data, rows, cols: columns.length };
    const table = { x, features, labels: Uint8Array.from(labels) };
    return growAll(trainingSetOf(table), gini, { ...NO_LIMITS, maxDepth: 1 });
  }

  test("the lowest feature wins, also against its mirror image", () => {
    const a = [0, 1, 2, 3];
    expect(stump([[1, 1, 1, 1], a.map((v) => -v), a], [0, 0, 1, 1]).feature[0]).toBe(1);
    expect(stump([a, a.map((v) => -v)], [0, 0, 1, 1]).feature[0]).toBe(0);
  });

  test("the lowest bound wins", () => {
    expect(stump([[0, 1, 2]], [1, 0, 1]).leftBin[0]).toBe(0);
  });

  test("missing cells go right when both sides are as good", () => {
    const tree = stump([[0, 1, NaN]], [0, 0, 1]);
    expect(tree.missingLeft[0]).toBe(0);
    expect([tree.leftBin[0], tree.rightBin[0]]).toEqual([1, -1]);
  });
});

test("without missing cells in the node they go with the heavier child", () => {
  const x = { data: Float64Array.of(0, 1, 1, 1), rows: 4, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const heavyRight = growAll(
    trainingSetOf({ x, features, labels: Uint8Array.of(0, 1, 1, 1) }),
    gini,
    NO_LIMITS,
  );
  expect(heavyRight.missingLeft[0]).toBe(0);
  const heavyLeft = growAll(
    trainingSetOf({ x, features, labels: Uint8Array.of(0, 1, 1, 1) }, [9, 1, 1, 1]),
    gini,
    NO_LIMITS,
  );
  expect(heavyLeft.missingLeft[0]).toBe(1);
});

test("a split that lowers the impurity by nothing is taken, as in scikit-learn", () => {
  const x = { data: Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1), rows: 4, cols: 2 };
  const features = ["a", "b"].map((name) => ({ kind: "numeric" as const, name }));
  const training = trainingSetOf({ x, features, labels: Uint8Array.of(0, 1, 1, 0) });
  const tree = growAll(training, gini, NO_LIMITS);
  expect(nodesOf(tree)["feature"]).toEqual([0, 1, -1, -1, 1, -1, -1]);
});

test("rows that only their labels tell apart share a leaf", () => {
  const x = { data: Float64Array.of(1, 1, 2), rows: 3, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const tree = growAll(
    trainingSetOf({ x, features, labels: Uint8Array.of(0, 1, 1) }),
    gini,
    NO_LIMITS,
  );
  expect(nodesOf(tree)).toMatchObject({ feature: [0, -1, -1], sum: [2, 1, 1] });
});

test("a chain of a thousand nodes needs no recursion", () => {
  const n = 1000;
  const x = { data: Float64Array.from({ length: n }, (_, i) => i), rows: n, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const weights = Array.from({ length: n }, (_, i) => 2 ** -(i / 2));
  const labels = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const tree = growAll(trainingSetOf({ x, features, labels }, weights), gini, NO_LIMITS);
  // 254 bins for 1,000 values: at least as many leaves as bins that a run of labels can fill.
  expect(tree.count).toBeGreaterThan(200);
});

describe("trees that draw columns", () => {
  const random = new SeededRandom(21);
  const recipes: readonly ColumnRecipe[] = [
    ...NUMERIC,
    { kind: "categorical", levels: 6, missing: 0.1 },
    { kind: "numeric", levels: 300 },
  ];
  const training = trainingSetOf(randomTable(300, recipes, random));
  const { binned, targets } = training;

  test("the same stream gives the same tree, whatever the grower grew before", () => {
    const grower = new TreeGrower(binned, gini, NO_LIMITS, 2);
    const first = nodesOf(grower.grow(targets, new SeededRandom(1)));
    const other = nodesOf(grower.grow(targets, new SeededRandom(2)));
    expect(other["feature"]).not.toEqual(first["feature"]);
    expect(nodesOf(grower.grow(targets, new SeededRandom(1)))).toEqual(first);
  });

  test("every leaf is pure or its rows are alike in every column", () => {
    const tree = new TreeGrower(binned, gini, NO_LIMITS, 1).grow(targets, new SeededRandom(3));
    const leaves = Array.from(tree.feature.subarray(0, tree.count)).flatMap((feature, node) =>
      feature < 0 ? [node] : [],
    );
    const impure = leaves.filter(
      (node) => tree.sum[node] !== 0 && tree.sum[node] !== tree.weight[node],
    );
    // The last column tells almost all rows apart.
    expect(impure.length).toBeLessThan(3);
    expect(leaves.reduce((sum, node) => sum + (tree.weight[node] as number), 0)).toBe(300);
  });

  test("every column is drawn about equally often at the root", () => {
    const counts = new Map<number, number>();
    const grower = new TreeGrower(binned, gini, { ...NO_LIMITS, maxDepth: 1 }, 1);
    for (let seed = 0; seed < 3000; seed++) {
      const feature = grower.grow(targets, new SeededRandom(seed)).feature[0] as number;
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
    // Column 4 is constant: it is drawn as often as the others, and the next draw replaces it.
    expect(counts.has(4)).toBe(false);
    for (const column of [0, 1, 2, 3, 5, 6]) {
      expect(Math.abs((counts.get(column) ?? 0) - 500)).toBeLessThan(5 * Math.sqrt(500));
    }
  });
});
