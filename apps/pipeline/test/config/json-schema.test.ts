import { listKeys, typesOf } from "../../src/config/json-schema.ts";

test("types are found in alternatives too", () => {
  expect(typesOf({ type: "string" })).toEqual(["string"]);
  expect(typesOf({ type: ["string", "null"] })).toEqual(["string", "null"]);
  expect(typesOf({ anyOf: [{ type: "integer" }, { oneOf: [{ type: "null" }] }] })).toEqual([
    "integer",
    "null",
  ]);
  expect(typesOf({})).toEqual([]);
});

test("keys are listed parents first, through maps of names, lists and alternatives", () => {
  const keys = listKeys(
    {
      required: ["a"],
      properties: {
        a: { properties: { b: {} } },
        c: { additionalProperties: { properties: { d: {} } } },
        e: { items: { properties: { f: {} } } },
        g: { anyOf: [{ type: "null" }, { properties: { h: {} } }] },
      },
    },
    ["top"],
  );
  expect(keys.map(({ path, required }) => `${path.join(".")}${required ? "!" : ""}`)).toEqual([
    "top.a!",
    "top.a.b",
    "top.c",
    "top.c.<name>",
    "top.c.<name>.d",
    "top.e",
    "top.e.f",
    "top.g",
    "top.g.h",
  ]);
});
