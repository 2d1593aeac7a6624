import { GrownTree } from "../../src/engine/grown-tree.ts";

const split = {
  feature: 2,
  cost: 0,
  leftSum: 1,
  leftWeight: 2,
  missingLeft: true,
  leftBin: 3,
  rightBin: 5,
  goesLeft: new Uint8Array(255),
  bound: NaN,
};

test("a leaf becomes a numeric node", () => {
  const tree = new GrownTree();
  expect(tree.addLeaf(1, 4)).toBe(0);
  tree.split(0, split, false);
  expect([tree.feature[0], tree.leftBin[0], tree.rightBin[0], tree.missingLeft[0]]).toEqual([
    2, 3, 5, 1,
  ]);
  expect([tree.sum[0], tree.weight[0], tree.left[0], tree.binSet[0]]).toEqual([1, 4, -1, -1]);
});

test("a categorical node keeps its bins as bits", () => {
  const tree = new GrownTree();
  tree.addLeaf(1, 4);
  tree.addLeaf(1, 2);
  const goesLeft = new Uint8Array(255);
  for (const bin of [0, 31, 32, 254]) goesLeft[bin] = 1;
  tree.split(0, split, true);
  tree.split(1, { ...split, goesLeft }, true);
  for (let bin = 0; bin < 255; bin++) {
    expect(tree.binGoesLeft(0, bin)).toBe(false);
    expect(tree.binGoesLeft(1, bin)).toBe(goesLeft[bin] === 1);
  }
});

test("grows past its first arrays, and starts anew when cleared", () => {
  const tree = new GrownTree();
  for (let node = 0; node < 1000; node++) tree.addLeaf(node, 2 * node);
  tree.split(999, split, true);
  expect([tree.count, tree.sum[999], tree.weight[300], tree.feature[999]]).toEqual([
    1000, 999, 600, 2,
  ]);
  tree.clear();
  expect(tree.addLeaf(5, 6)).toBe(0);
  expect([tree.count, tree.sum[0], tree.feature[0], tree.binSets.length]).toEqual([1, 5, -1, 0]);
});

test("a drawn bound is kept", () => {
  const tree = new GrownTree();
  tree.addLeaf(1, 4);
  tree.split(0, { ...split, bound: 2.5 }, false);
  expect(tree.bound[0]).toBe(2.5);
  tree.clear();
  tree.addLeaf(1, 4);
  tree.split(0, split, false);
  expect(tree.bound[0]).toBeNaN();
});

test("nodes below one that became a leaf go, the others move up", () => {
  // 0 -> (1 -> (2, 3), 4 -> (5, 6)); 1 becomes a leaf.
  const tree = new GrownTree();
  for (let node = 0; node < 7; node++) tree.addLeaf(node, 10 + node);
  for (const [node, left, right] of [
    [0, 1, 4],
    [1, 2, 3],
    [4, 5, 6],
  ] as const) {
    tree.split(node, { ...split, feature: node }, false);
    tree.left[node] = left;
    tree.right[node] = right;
  }
  tree.feature[1] = -1;
  tree.dropCutNodes();
  expect(tree.count).toBe(5);
  expect(Array.from(tree.sum.subarray(0, 5))).toEqual([0, 1, 4, 5, 6]);
  expect(Array.from(tree.feature.subarray(0, 5))).toEqual([0, -1, 4, -1, -1]);
  expect(Array.from(tree.left.subarray(0, 5))).toEqual([1, -1, 3, -1, -1]);
  expect(Array.from(tree.right.subarray(0, 5))).toEqual([2, -1, 4, -1, -1]);
  expect(tree.missingLeft[1]).toBe(0);
});
