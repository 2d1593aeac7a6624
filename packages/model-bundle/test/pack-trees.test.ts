import type { TreeEnsemble } from "../src/bundle.ts";
import { packedTrees } from "../src/pack-trees.ts";
import { sumTrees } from "../src/sum-trees.ts";
import { FOREST_MODEL } from "./sample-bundle.ts";

/** Trees of one split each: of column c at its bound. */
function stumps(splits: readonly (readonly [column: number, bound: number])[]): TreeEnsemble {
  const nodes = splits.flatMap(([column, bound], tree) => [
    { column, bound, left: 3 * tree + 1, right: 3 * tree + 2, value: 0 },
    { column: -1, bound: 0, left: -1, right: -1, value: 1 },
    { column: -1, bound: 0, left: -1, right: -1, value: 2 },
  ]);
  const zeros = new Float64Array(nodes.length);
  return {
    roots: Int32Array.from(splits, (_, tree) => 3 * tree),
    feature: Int32Array.from(nodes, (node) => node.column),
    threshold: Float64Array.from(nodes, (node) => node.bound),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    missingLeft: new Uint8Array(nodes.length),
    categoryStart: new Int32Array(nodes.length).fill(-1),
    categoryBits: new Uint32Array(0),
    value: Float64Array.from(nodes, (node) => node.value),
    cover: zeros.fill(1),
  };
}

test("packs two words a node, and a reading for each column and way of missing cells", () => {
  const missingLeft = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);
  const packed = packedTrees({
    ...stumps([
      [2, 0.5],
      [2, -1],
      [0, 7],
    ]),
    missingLeft: Uint8Array.of(...missingLeft, 0),
  });
  expect(packed?.readings).toEqual([
    { column: 2, bounds: Float64Array.of(-1, 0.5), missing: 1 },
    { column: 2, bounds: Float64Array.of(-1, 0.5), missing: 3 },
    { column: 0, bounds: Float64Array.of(7), missing: 2 },
  ]);
  const leaves = [0, -2, 0, -2];
  expect(packed?.nodes).toEqual(
    Int32Array.of(2, 2, ...leaves, (1 << 16) | 1, 2, ...leaves, (2 << 16) | 1, 2, ...leaves),
  );
});

test("an ensemble is packed once", () => {
  expect(packedTrees(FOREST_MODEL.trees)).toBe(packedTrees(FOREST_MODEL.trees));
});

test("left children elsewhere than behind their parents are not packed", () => {
  const trees = stumps([[0, 1]]);
  const mirrored = { ...trees, left: trees.right, right: trees.left };
  expect(packedTrees(mirrored)).toBeNull();
  const matrix = { data: Float64Array.of(1), rows: 1, cols: 1 };
  expect([...sumTrees(mirrored, matrix)]).toEqual([2]);
});

test("columns that take longer to code than the trees to walk are not packed", () => {
  const wide = Array.from({ length: 9 }, (_, column) => [column, 1] as const);
  expect(packedTrees(stumps(wide.slice(0, 8)))).not.toBeNull();
  const joined = stumps(wide);
  expect(packedTrees({ ...joined, roots: Int32Array.of(0) })).toBeNull();
});

test("more bounds than 16 bits can count are not packed", () => {
  const many = Array.from({ length: 65_535 }, (_, bound) => [0, bound] as const);
  const trees = stumps(many);
  const data = Float64Array.of(-1, 0, 100, 65_533.5, 65_534, 65_535, NaN);
  const matrix = { data, rows: 7, cols: 1 };
  const expected = [65_535, 65_535, 65_635, 131_069, 131_069, 131_070, 131_070];
  expect(packedTrees(trees)).not.toBeNull();
  expect([...sumTrees(trees, matrix)]).toEqual(expected);

  const more = stumps([...many, [0, 65_535]]);
  expect(packedTrees(more)).toBeNull();
  expect([...sumTrees(more, matrix)]).toEqual(
    expected.map((sum, row) => sum + (row === 6 ? 2 : 1)),
  );
});
