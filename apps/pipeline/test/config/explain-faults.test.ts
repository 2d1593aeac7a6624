import { explainFaults } from "../../src/config/explain-faults.ts";
import type { JsonSchema } from "../../src/config/json-schema.ts";
import { validateAgainst } from "../../src/config/validate-against.ts";
import { treeOf } from "./tree-of.ts";

const depth: JsonSchema = { type: ["integer", "null"], minimum: 1, maximum: 9 };
const SCHEMA: JsonSchema = {
  type: "object",
  additionalProperties: false,
  required: ["name"],
  properties: {
    name: { type: "string", minLength: 2, pattern: "^[a-z]+$", $comment: "small letters" },
    share: { type: "number", minimum: 0, maximum: 1 },
    on: { type: "boolean" },
    kind: { type: "string", enum: ["red", "green", "blue"] },
    depth: { anyOf: [depth, { type: "array", minItems: 1, items: depth }] },
    rule: {
      anyOf: [
        { type: "string", enum: ["sqrt", "log2"] },
        {
          type: "object",
          additionalProperties: false,
          required: ["a"],
          properties: { a: { type: "integer" } },
        },
      ],
    },
    odd: { not: { const: 3 } },
    inner: {
      type: "object",
      additionalProperties: false,
      properties: { threshold: { type: "number" } },
    },
  },
};

function explain(text: string): readonly string[] {
  const root = treeOf(text);
  const { faults } = validateAgainst(SCHEMA, root);
  return explainFaults(faults, { root, schema: SCHEMA }).map(({ message, origin }) =>
    origin.kind === "file" ? `${origin.line}:${origin.column} ${message}` : message,
  );
}

test.each<[string, string, readonly string[]]>([
  [
    "a value of the wrong kind",
    "name: ab\nshare: [1]\n",
    ["2:8 share must be a number from 0 to 1, got [1]"],
  ],
  [
    "two rules broken by one value are one fault",
    "name: '1'\n",
    ['1:7 name must be small letters, got "1"'],
  ],
  [
    "quotes too many",
    "name: ab\nshare: '0.5'\n",
    ['2:8 share must be a number from 0 to 1, got "0.5"; write it without quotes'],
  ],
  [
    "quotes too few",
    "name: 12\n",
    ["1:7 name must be small letters, got 12; write it in quotes to mean the text"],
  ],
  [
    "yes",
    "name: ab\non: yes\n",
    ['2:5 on must be true or false, got "yes"; write true or false, without quotes'],
  ],
  [
    "a near word",
    "name: ab\nkind: gren\n",
    ['2:7 kind must be one of red, green, blue, got "gren"; did you mean green?'],
  ],
  [
    "a number for a word",
    "name: ab\nkind: 3\n",
    ["2:7 kind must be one of red, green, blue, got 3"],
  ],
  ["a missing key", "share: 1\n", ["1:1 name is missing; it takes small letters"]],
  [
    "a key left empty is missing at its place",
    "share: 1\nname:\n",
    ["2:1 name is missing; it takes small letters"],
  ],
  [
    "a key with a near name",
    "name: ab\nshaer: 1\n",
    ["2:1 There is no key shaer; did you mean share?"],
  ],
  [
    "a key of another level",
    "name: ab\nthreshold: 1\n",
    ["2:1 There is no key threshold; did you mean inner.threshold?"],
  ],
  [
    "a key like no other",
    "name: ab\ninner: { zzz: 1 }\n",
    ["2:10 There is no key inner.zzz; inner has threshold"],
  ],
  [
    "no alternative fits",
    "name: ab\ndepth: deep\n",
    [
      '2:8 depth must be a whole number from 1 to 9 or null, or a non-empty list of such values, got "deep"',
    ],
  ],
  [
    "one bad item of a list",
    "name: ab\ndepth: [1, 0, 3]\n",
    ["2:12 depth[1] must be a whole number from 1 to 9 or null, got 0"],
  ],
  [
    "an empty list",
    "name: ab\ndepth: []\n",
    [
      "2:8 depth must be a whole number from 1 to 9 or null, or a non-empty list of such values, got []",
    ],
  ],
  [
    "a fault inside the map that was meant",
    "name: ab\nrule: { a: x, b: 1 }\n",
    ["2:15 There is no key rule.b; rule has a", '2:12 rule.a must be a whole number, got "x"'],
  ],
  [
    "a word that was meant",
    "name: ab\nrule: sqr\n",
    ['2:7 rule must be sqrt or log2, or a map of keys, got "sqr"; did you mean sqrt?'],
  ],
  ["a rule without words of ours", "name: ab\nodd: 3\n", ["2:6 odd must NOT be valid, got 3"]],
])("%s", (_name, text, expected) => {
  expect(explain(text)).toEqual(expected);
});

test("keys with signs of JSON pointers keep their names", () => {
  const schema: JsonSchema = { type: "object", additionalProperties: { type: "integer" } };
  const root = treeOf('"a/b~c": x\n"d.e": [1]\n');
  const { faults } = validateAgainst(schema, root);
  expect(explainFaults(faults, { root, schema }).map(({ path }) => path)).toEqual([
    ["a/b~c"],
    ["d.e"],
  ]);
});

test("alternatives are told apart where names of maps begin alike", () => {
  const schema: JsonSchema = {
    type: "object",
    additionalProperties: { anyOf: [depth, { type: "array", items: depth }] },
  };
  const root = treeOf("a: x\nab: [0]\nabc: y\n");
  const { faults } = validateAgainst(schema, root);
  expect(explainFaults(faults, { root, schema }).map(({ path }) => path)).toEqual([
    ["a"],
    ["ab", 0],
    ["abc"],
  ]);
});

test("a prefix goes before every path", () => {
  const root = treeOf("nmae: ab\n");
  const { faults } = validateAgainst(SCHEMA, root);
  const problems = explainFaults(faults, { root, schema: SCHEMA, prefixOf: () => ["top"] });
  expect(problems).toMatchObject([
    { path: ["top", "name"], message: "top.name is missing; it takes small letters" },
    { path: ["top", "nmae"], message: "There is no key top.nmae; did you mean top.name?" },
  ]);
});
