import { array, assert, constantFrom, property } from "fast-check";
import { toPlain } from "../../src/config/config-tree.ts";
import { parseYaml, resolvePlainScalar } from "../../src/config/parse-yaml.ts";
import { treeOf } from "./tree-of.ts";

test.each([
  ["1", 1],
  ["-0.5", -0.5],
  ["1.50", 1.5],
  ["1e3", 1000],
  ["0x1F", 31],
  ["0o17", 15],
  [".inf", Infinity],
  [".nan", NaN],
  ["true", true],
  ["False", false],
  ["null", null],
  ["~", null],
  ["", null],
  ["yes", "yes"],
  ["1_000", "1_000"],
  ["007a", "007a"],
  ["[1, 2]", "[1, 2]"],
  ["a: b", "a: b"],
  ["# no comment", "# no comment"],
])("a plain scalar %s", (text, value) => {
  expect(resolvePlainScalar(text)).toBe(value);
});

test("values, key order and places", () => {
  const root = treeOf('b: 1\n"10": [x, "2"]\n2:\n  c: null\n  d:\n');
  expect([...root.entries.keys()]).toEqual(["b", "10", "2"]);
  expect(toPlain(root)).toEqual({ b: 1, "10": ["x", "2"], "2": { c: null, d: null } });
  const list = root.entries.get("10");
  expect(list?.keyOrigin).toEqual({ kind: "file", file: "t.yaml", line: 2, column: 1 });
  expect(list?.node).toMatchObject({
    kind: "list",
    origin: { line: 2, column: 7 },
    items: [
      { value: "x", plain: true, origin: { line: 2, column: 8 } },
      { value: "2", plain: false, origin: { line: 2, column: 11 } },
    ],
  });
});

test("variables may stand in flow maps and lists, even with commas and braces in a default", () => {
  expect(
    toPlain(treeOf("a: { b: ${X:-[1, 2]}, c: '${Y}' }\nd: [${Z}, 1] # ${W}\n${K}: |\n  ${V:-#}\n")),
  ).toEqual({ a: { b: "${X:-[1, 2]}", c: "${Y}" }, d: ["${Z}", 1], "${K}": "${V:-#}\n" });
});

test("an alias stands for what its anchor names", () => {
  expect(toPlain(treeOf("a: &x { b: [1] }\nc: *x\nd: [*x, *x]\n"))).toEqual({
    a: { b: [1] },
    c: { b: [1] },
    d: [{ b: [1] }, { b: [1] }],
  });
});

test("Windows line ends and a byte order mark are read", () => {
  const root = treeOf("\uFEFFa: 1\r\nb: x\r\n");
  expect(toPlain(root)).toEqual({ a: 1, b: "x" });
  expect(root.entries.get("b")?.keyOrigin).toMatchObject({ line: 2, column: 1 });
});

test("a key called __proto__ is a key", () => {
  const plain = toPlain(treeOf("__proto__: { a: 1 }\n")) as object;
  expect(Object.keys(plain)).toEqual(["__proto__"]);
  expect("a" in plain).toBe(false);
});

test("an empty document has no root and no problem", () => {
  expect(parseYaml("# nothing\n", () => ({ kind: "flag", flag: "x" }))).toEqual({
    root: undefined,
    problems: [],
  });
});

test("no text whatever makes it throw, and variables come out as they went in", () => {
  const piece = constantFrom(
    ..."ab1:-?[]{},#&*!|>'\"%@$~ \n\t".split(""),
    "${A}",
    "${A:-[b]}",
    "- ",
    ": ",
    "\n  ",
  );
  const text = array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
  assert(
    property(text, (yaml) => {
      const { root, problems } = parseYaml(yaml, (line, column) => ({
        kind: "file",
        file: "t.yaml",
        line,
        column,
      }));
      expect(root === undefined || problems.length === 0).toBe(true);
      expect(JSON.stringify([root && toPlain(root), problems])).not.toMatch(/[\ue000-\ue006]/);
    }),
    { seed: 42, numRuns: 2000 },
  );
});
