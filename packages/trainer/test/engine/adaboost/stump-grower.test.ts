import { SeededRandom } from "@gillnet/entity";

import { StumpGrower } from "../../../src/engine/adaboost/stump-grower.ts";
import type { GrownTree } from "../../../src/engine/grown-tree.ts";
import { NaiveStumps } from "../../naive-stumps.ts";
import { MANY_VALUES, fewValues } from "../../column-recipes.ts";
import { randomTable, trainingSetOf } from "../../random-table.ts";
import type { ColumnRecipe } from "../../random-table.ts";

const few = fewValues(13);
const single: readonly ColumnRecipe[] = [{ kind: "categorical", levels: 6, missing: 0.3 }];
/** So many groups that they are counted in several rounds, of eight and of one. */
const wide: readonly ColumnRecipe[] = Array.from({ length: 17 }, (_, i) => ({
  kind: i % 2 === 1 ? "categorical" : "numeric",
  levels: 40 + i,
  missing: i % 3 === 0 ? 0.05 : 0,
}));

const ROWS = 601;
const STUMPS = 12;

/** What a stump does, as far as it is told. */
function stumpOf(tree: GrownTree): unknown {
  const { count, feature, leftBin, rightBin, missingLeft, left, right, binSets } = tree;
  const fields = [feature, leftBin, rightBin, missingLeft, left, right];
  return [...fields.map((field) => Array.from(field.subarray(0, count))), [...binSets]];
}

function expectClose(given: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(given.length).toBe(wanted.length);
  const off = Array.from(wanted).map(
    (value, i) => Math.abs((given[i] as number) - value) / Math.max(1, Math.abs(value)),
  );
  expect(Math.max(0, ...off)).toBeLessThan(1e-11);
}

const tables: readonly (readonly [string, readonly ColumnRecipe[]])[] = [
  ["few values a column", few],
  ["many values a column", MANY_VALUES],
  ["both", [...few, ...MANY_VALUES]],
  ["one column", single],
  ["more than eight groups", wide],
];
const weightings: readonly (readonly [string, (random: SeededRandom) => number])[] = [
  ["fractional weights", (random) => 0.01 + random.uniform()],
  ["weights far apart", (random) => 10 ** (12 * random.uniform() - 6)],
];
const votings: readonly (readonly [rate: number, leastShare: number])[] = [
  [1, Number.EPSILON],
  [0.01, Number.EPSILON],
  // Most weights soon are at their least.
  [8, 1e-5],
];

describe.each(tables)("%s", (_, recipes) => {
  describe.each(weightings)("%s", (__, weigh) => {
    test.each(votings)("rate %d, least share %d: the stumps of the oracle", (rate, leastShare) => {
      const random = new SeededRandom(31);
      const table = randomTable(ROWS, recipes, random);
      // Every seventh row takes no part.
      const weights = Float64Array.from({ length: ROWS }, (___, row) =>
        row % 7 === 0 ? 0 : weigh(random),
      );
      const { binned, targets } = trainingSetOf(table, weights);
      const share = leastShare / targets.weight.reduce((sum, weight) => sum + weight, 0);
      const stumps = new StumpGrower(binned, targets, share * ROWS);
      const oracle = new NaiveStumps(binned, targets, share * ROWS);
      for (let size = 0; size < STUMPS; size++) {
        const tree = stumps.grow();
        const wanted = oracle.grow();
        expect(stumpOf(tree)).toEqual(stumpOf(wanted));
        expectClose([stumps.error], [oracle.error]);
        const vote = rate * Math.log((1 - oracle.error) / oracle.error);
        stumps.cast(vote);
        oracle.cast(wanted, vote);
        // The classes often weigh the same in all, so which of them the root votes for is a matter of rounding.
        const value = stumps.nodes.value.subarray(0, tree.count);
        expectClose([Math.abs(value[0] as number)], [Math.abs(oracle.value[0] as number)]);
        expectClose(value.subarray(1), oracle.value.slice(1));
        expectClose(stumps.nodes.cover.subarray(0, tree.count), oracle.cover);
        expectClose(stumps.scores(), oracle.scores);
      }
      stumps.end();
    });
  });
});

test("classes that do not mix are a stump without any error", () => {
  const x = { data: Float64Array.of(0, 0, 1, 1, NaN), rows: 5, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  const labels = Uint8Array.of(0, 0, 1, 1, 1);
  const { binned, targets } = trainingSetOf({ x, features, labels }, [0.1, 0.2, 0.3, 0.4, 0.7]);
  const stumps = new StumpGrower(binned, targets, Number.EPSILON);
  expect(stumps.grow().count).toBe(3);
  expect(stumps.error).toBe(0);
  stumps.end();
});

test("rows of one class, or alike in all columns, are a single node", () => {
  const x = { data: Float64Array.of(0, 0, 1, 1), rows: 4, cols: 1 };
  const features = [{ kind: "numeric", name: "a" }] as const;
  for (const [labels, weights, error] of [
    [[1, 1, 1, 1], [1, 1, 1, 1], 0],
    [[0, 1, 1, 1], [1, 3, 0, 0], 0.25],
  ] as const) {
    const table = { x, features, labels: Uint8Array.from(labels) };
    const { binned, targets } = trainingSetOf(table, weights);
    const stumps = new StumpGrower(binned, targets, Number.EPSILON);
    expect(stumps.grow().count).toBe(1);
    expect(stumps.error).toBe(error);
    stumps.cast(2);
    expect(stumps.nodes.cover[0]).toBe(4);
    expect(Array.from(stumps.scores())).toEqual([2, 2, 2, 2]);
    stumps.end();
  }
});

test("a vote beyond the largest number's logarithm leaves weights finite", () => {
  const table = randomTable(60, few, new SeededRandom(4));
  const { binned, targets } = trainingSetOf(table);
  const stumps = new StumpGrower(binned, targets, Number.EPSILON);
  for (let size = 0; size < 4; size++) {
    stumps.grow();
    expect(stumps.error).toBeGreaterThan(0);
    expect(stumps.error).toBeLessThan(1);
    stumps.cast(1000);
  }
  stumps.end();
});

test("memory of a fit that has ended serves the next one, cleared", () => {
  const { binned, targets } = trainingSetOf(randomTable(50, few, new SeededRandom(1)));
  const grow = (): unknown => {
    const stumps = new StumpGrower(binned, targets, Number.EPSILON);
    const seen = [];
    for (let size = 0; size < 3; size++) {
      seen.push(stumpOf(stumps.grow()), stumps.error);
      stumps.cast(1);
      seen.push(stumps.scores());
    }
    stumps.end();
    return seen;
  };
  expect(grow()).toEqual(grow());
});
