import type { JsonSchema } from "../../src/config/json-schema.ts";
import { validateAgainst } from "../../src/config/validate-against.ts";
import { treeOf } from "./tree-of.ts";

const SCHEMA: JsonSchema = {
  type: "object",
  additionalProperties: false,
  required: ["must"],
  properties: {
    must: { type: "integer" },
    count: { type: "integer", default: 5 },
    limit: { type: ["number", "null"], default: 0.5 },
    section: {
      type: "object",
      default: {},
      properties: { list: { type: "array", items: { type: "integer" }, default: [1, 2] } },
    },
  },
};

test("defaults are filled in at every level, anew each time", () => {
  const first = validateAgainst(SCHEMA, treeOf("must: 1\n"));
  expect(first).toEqual({
    value: { must: 1, count: 5, limit: 0.5, section: { list: [1, 2] } },
    faults: [],
  });
  const second = validateAgainst(SCHEMA, treeOf("must: 2\n")).value as typeof first.value;
  expect((second as { section: object }).section).not.toBe(
    (first.value as { section: object }).section,
  );
});

test("a key left empty is not given, unless null means something", () => {
  const { value, faults } = validateAgainst(
    SCHEMA,
    treeOf("must: 1\ncount:\nlimit:\nsection:\n  list: null\n"),
  );
  expect(faults).toEqual([]);
  expect(value).toEqual({ must: 1, count: 5, limit: null, section: { list: [1, 2] } });
  expect(validateAgainst(SCHEMA, treeOf("must:\n")).faults).toMatchObject([
    { keyword: "required" },
  ]);
});

test("nothing is coerced and every fault is found", () => {
  const { faults } = validateAgainst(
    SCHEMA,
    treeOf("must: '1'\ncount: 1.5\nlimit: .nan\nother: 1\nsection: { list: [1, x, y] }\n"),
  );
  expect(faults.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).sort()).toEqual([
    " additionalProperties",
    "/count type",
    "/limit type",
    "/must type",
    "/section/list/1 type",
    "/section/list/2 type",
  ]);
});

test("keys that objects inherit are neither given nor allowed", () => {
  const { faults } = validateAgainst(SCHEMA, treeOf("must: 1\ntoString: 1\n__proto__: 2\n"));
  expect(faults.map(({ params }) => params["additionalProperty"] as string)).toEqual([
    "toString",
    "__proto__",
  ]);
});
