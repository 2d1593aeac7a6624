import { applyOverrides } from "../../src/config/apply-overrides.ts";
import { originAt, toPlain } from "../../src/config/config-tree.ts";
import { treeOf } from "./tree-of.ts";

const BASE = treeOf("seed: 1\na: { b: 1, c: [1, 2] }\nempty:\n");
const set = (...flags: string[]): unknown => toPlain(applyOverrides(BASE, flags).root);

test.each([
  ["seed=7", 7],
  ["seed=7.0", 7],
  ["seed=-1e3", -1000],
  ["seed=true", true],
  ["seed=null", null],
  ["seed=", null],
  ["seed=[8, 16]", [8, 16]],
  ["seed=[a,b]", ["a", "b"]],
  ["seed={x: [1], y: {z: }}", { x: [1], y: { z: null } }],
  ['seed="7"', "7"],
  ["seed='it''s'", "it's"],
  ["seed= spaced out ", "spaced out"],
  ["seed=a=b=c", "a=b=c"],
  ["seed=C:\\data: x", "C:\\data: x"],
  ["seed=?", "?"],
  ["seed=*.csv", "*.csv"],
  ["seed=#1", "#1"],
  ["seed=${HOME}", "${HOME}"],
])("%s", (flag, value) => {
  expect(set(flag)).toEqual({ seed: value, a: { b: 1, c: [1, 2] }, empty: null });
});

test("only what is named changes, maps are made on the way, and the later flag wins", () => {
  expect(set("a.b=2", "a.d.e=3", "a.b=4", "empty.x=5", "seed.y=6")).toEqual({
    seed: { y: 6 },
    a: { b: 4, c: [1, 2], d: { e: 3 } },
    empty: { x: 5 },
  });
  expect(toPlain(BASE)).toEqual({ seed: 1, a: { b: 1, c: [1, 2] }, empty: null });
});

test("names with dots, spaces and quotes are written in double quotes", () => {
  expect(set('a."x.y"=1', 'a."p \\"q\\" =".r=2')).toMatchObject({
    a: { "x.y": 1, 'p "q" =': { r: 2 } },
  });
});

test("what a flag gave is placed at the flag, the rest at its line", () => {
  const { root } = applyOverrides(BASE, ["a.b=[1, 2]"]);
  expect(originAt(root, ["a", "b", 1], "value")).toEqual({ kind: "flag", flag: "a.b=[1, 2]" });
  expect(originAt(root, ["a", "b"], "key")).toEqual({ kind: "flag", flag: "a.b=[1, 2]" });
  expect(originAt(root, ["a"], "key")).toMatchObject({ kind: "file", line: 2 });
});

test.each([
  "",
  "seed",
  "=1",
  ".a=1",
  "a.=1",
  "a..b=1",
  "a b=1",
  "a[0]=1",
  '"a=1',
  "a=[1, 2",
  "a=[1] 2",
  "a={b: 1",
  "a={b: 1}: 2",
  'a="x" y',
  "a='x",
  "a={b: 1, b: 2}",
  "a=[*x]",
])("%s is no setting", (flag) => {
  const { root, problems } = applyOverrides(BASE, [flag]);
  expect(problems).toMatchObject([{ code: "CONFIG_SET_SYNTAX", origin: { kind: "flag", flag } }]);
  expect(root).toBe(BASE);
});
