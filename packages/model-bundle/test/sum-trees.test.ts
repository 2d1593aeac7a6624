import * as fc from "fast-check";
import { SeededRandom } from "@gillnet/entity";
import type { InputFeature, TreeEnsemble } from "../src/bundle.ts";
import { packedTrees } from "../src/pack-trees.ts";
import { sumTrees } from "../src/sum-trees.ts";
import { walkTrees } from "../src/walk-trees.ts";
import { randomMatrix, randomTrees } from "./random-bundle.ts";

const FEATURES: readonly InputFeature[] = [
  { kind: "numeric", name: "a" },
  { kind: "categorical", name: "b", categories: Array.from({ length: 70 }, (_, i) => `${i}`) },
  { kind: "numeric", name: "c" },
  { kind: "categorical", name: "d", categories: ["x"] },
];

/** A number for a cell, extreme ones among them. */
function randomNumber(random: SeededRandom): number {
  return [random.integer(5) - 2, -0, 5e-324, random.uint32(), Infinity, -Infinity][
    random.integer(6)
  ] as number;
}

test("packed or not, the walks end at the same leaves", () => {
  let packed = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new SeededRandom(seed);
      const trees = randomTrees(random, FEATURES, 1 + random.integer(9), random.integer(8));
      const matrix = randomMatrix(random, FEATURES, randomNumber, random.integer(30));
      if (packedTrees(trees) !== null) packed++;
      expect(sumTrees(trees, matrix)).toEqual(walkTrees(trees, matrix));
    }),
    { numRuns: 500 },
  );
  expect(packed).toBeGreaterThan(100);
  expect(packed).toBeLessThan(500);
});

test("blocks of rows and what is left of them get the same bits as rows alone", () => {
  const random = new SeededRandom(5);
  const trees = preorderTrees(random);
  const { readings } = packedTrees(trees) ?? { readings: [] };
  const rows = 2 * Math.floor(65_536 / (readings.length + 1)) + 3;
  const matrix = randomMatrix(random, FEATURES, randomNumber, rows);
  const batch = sumTrees(trees, matrix);
  expect(batch).toEqual(walkTrees(trees, matrix));
  for (const row of [0, 3, rows / 2, rows - 4, rows - 1].map(Math.floor)) {
    const data = matrix.data.slice(row * matrix.cols, (row + 1) * matrix.cols);
    expect(sumTrees(trees, { data, rows: 1, cols: matrix.cols })[0]).toBe(batch[row]);
  }
});

/** Trees whose left children follow their parents. */
function preorderTrees(random: SeededRandom): TreeEnsemble {
  for (;;) {
    const trees = randomTrees(random, FEATURES, 5, 6);
    if (trees.left.every((child, node) => child === -1 || child === node + 1)) return trees;
  }
}
