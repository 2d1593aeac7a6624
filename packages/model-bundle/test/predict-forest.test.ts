import * as fc from "fast-check";
import { SeededRandom } from "@gillnet/entity";
import type { RowMajorF64 } from "@gillnet/entity";
import type { InputFeature, TreeEnsemble } from "../src/bundle.ts";
import { predictForest } from "../src/predict-forest.ts";
import { randomMatrix, randomTrees } from "./random-bundle.ts";

/** One row through one tree, as bundle.ts words it. */
function descend(trees: TreeEnsemble, node: number, row: Float64Array): number {
  const column = trees.feature[node] as number;
  if (column === -1) return trees.value[node] as number;
  const x = row[column] as number;
  const start = trees.categoryStart[node] as number;
  const left = Number.isNaN(x)
    ? trees.missingLeft[node] === 1
    : start === -1
      ? x <= (trees.threshold[node] as number)
      : ((trees.categoryBits[start + (x >> 5)] as number) & (1 << (x & 31))) !== 0;
  return descend(trees, (left ? trees.left : trees.right)[node] as number, row);
}

function predictNaively(trees: TreeEnsemble, { data, rows, cols }: RowMajorF64): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    const cells = data.subarray(row * cols, (row + 1) * cols);
    let sum = 0;
    for (const root of trees.roots) sum += descend(trees, root, cells);
    return sum / trees.roots.length;
  });
}

const FEATURES: readonly InputFeature[] = [
  { kind: "numeric", name: "a" },
  { kind: "categorical", name: "b", categories: Array.from({ length: 70 }, (_, i) => `${i}`) },
  { kind: "numeric", name: "c" },
  { kind: "categorical", name: "d", categories: ["x"] },
];

/** A number for a cell, extreme ones among them. */
function randomNumber(random: SeededRandom): number {
  return [random.integer(5) - 2, random.uniform(), Infinity, -Infinity][
    random.integer(4)
  ] as number;
}

test("equals the definition, to the last bit", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new SeededRandom(seed);
      const trees = randomTrees(random, FEATURES, 1 + random.integer(9), 7);
      const matrix = randomMatrix(random, FEATURES, randomNumber, random.integer(30));
      expect(predictForest(trees, matrix)).toEqual(predictNaively(trees, matrix));
    }),
    { numRuns: 200 },
  );
});

test("a row gets the same bits alone and in a batch of several blocks", () => {
  const random = new SeededRandom(5);
  const trees = randomTrees(random, FEATURES, 33, 6);
  const matrix = randomMatrix(random, FEATURES, randomNumber, 2500);
  const batch = predictForest(trees, matrix);
  for (const row of [0, 1, 1023, 1024, 2047, 2048, 2499]) {
    const data = matrix.data.slice(row * matrix.cols, (row + 1) * matrix.cols);
    expect(predictForest(trees, { data, rows: 1, cols: matrix.cols })[0]).toBe(batch[row]);
  }
});

test("a bound of Infinity parts all values from the missing ones", () => {
  const trees: TreeEnsemble = {
    roots: Int32Array.of(0),
    feature: Int32Array.of(0, -1, -1),
    threshold: Float64Array.of(Infinity, 0, 0),
    left: Int32Array.of(1, -1, -1),
    right: Int32Array.of(2, -1, -1),
    missingLeft: new Uint8Array(3),
    categoryStart: Int32Array.of(-1, -1, -1),
    categoryBits: new Uint32Array(0),
    value: Float64Array.of(0.5, 0.25, 0.75),
    cover: Float64Array.of(2, 1, 1),
  };
  const data = Float64Array.of(-1e308, 1e308, Infinity, NaN);
  expect([...predictForest(trees, { data, rows: 4, cols: 1 })]).toEqual([0.25, 0.25, 0.25, 0.75]);
});
