import { BIN_SET_WORDS, GrownTree } from "../../src/engine/grown-tree.ts";

const split = {
  feature: 2,
  cost: 0,
  leftSum: 1,
  leftWeight: 2,
  missingLeft: true,
  leftBin: 3,
  rightBin: 5,
  goesLeft: new Uint8Array(255),
};

test("a leaf becomes a numeric node", () => {
  const tree = new GrownTree();
  expect(tree.addLeaf(1, 4)).toBe(0);
  tree.split(0, split, false);
  expect(tree).toMatchObject({ feature: [2], leftBin: [3], rightBin: [5], missingLeft: [true] });
  expect(tree).toMatchObject({ sum: [1], weight: [4], binSet: [-1], binSets: [] });
});

test("a categorical node keeps its bins as bits", () => {
  const tree = new GrownTree();
  tree.addLeaf(1, 4);
  tree.addLeaf(1, 2);
  const goesLeft = new Uint8Array(255);
  for (const bin of [0, 31, 32, 254]) goesLeft[bin] = 1;
  tree.split(0, split, true);
  tree.split(1, { ...split, goesLeft }, true);
  expect(tree.binSet).toEqual([0, BIN_SET_WORDS]);
  const words = tree.binSets.slice(BIN_SET_WORDS).map((word) => word >>> 0);
  expect(words).toEqual([0x80000001, 1, 0, 0, 0, 0, 0, 0x40000000]);
});
