import {
  formatPath,
  mapScalars,
  mergeMaps,
  originAt,
  scalarsOf,
  toPlain,
  withEntry,
} from "../../src/config/config-tree.ts";
import { treeOf } from "./tree-of.ts";

const ROOT = treeOf("a:\n  b: [10, { c: 11 }]\n  d: 12\n");

test("scalars come in order and can be replaced without touching the tree", () => {
  expect([...scalarsOf(ROOT)].map(({ value }) => value)).toEqual([10, 11, 12]);
  const doubled = mapScalars(ROOT, (node) => ({ ...node, value: Number(node.value) * 2 }));
  expect(toPlain(doubled)).toEqual({ a: { b: [20, { c: 22 }], d: 24 } });
  expect(toPlain(ROOT)).toEqual({ a: { b: [10, { c: 11 }], d: 12 } });
});

test.each([
  [["a", "b", 1, "c"], "value", 2, 16],
  [["a", "b", 1, "c"], "key", 2, 13],
  [["a", "b", 0], "value", 2, 7],
  [["a", "d"], "value", 3, 6],
  [["a", "missing", "below"], "key", 1, 1],
  [["a", "d", "below"], "value", 3, 3],
  [["a", "b", 7], "value", 2, 3],
  [[], "value", 1, 1],
] as const)("the place of %j (%s) is %d:%d", (path, of, line, column) => {
  expect(originAt(ROOT, path, of)).toMatchObject({ line, column });
});

test("merging goes down maps and replaces all else", () => {
  const base = treeOf("a: { b: 1, c: [1, 2] }\nd: 1\n");
  const over = treeOf("a: { c: [3], e: 4 }\nd: { f: 5 }\n");
  expect(toPlain(mergeMaps(base, over))).toEqual({ a: { b: 1, c: [3], e: 4 }, d: { f: 5 } });
});

test("an entry can be taken out", () => {
  expect(toPlain(withEntry(ROOT, "a", undefined))).toEqual({});
});

test("paths as people write them", () => {
  expect(formatPath(["a", "b_c", 2, "d"])).toBe("a.b_c[2].d");
  expect(formatPath(["columns", "a.b", "x y", ""])).toBe('columns."a.b"."x y".""');
});
