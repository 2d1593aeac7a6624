import { describeAllowed, showValue } from "../../src/config/describe-allowed.ts";
import type { JsonSchema } from "../../src/config/json-schema.ts";

test.each<[JsonSchema, string]>([
  [{}, "any value"],
  [{ $comment: "a file or a map" }, "a file or a map"],
  [{ type: "integer" }, "a whole number"],
  [{ type: "integer", minimum: 1, maximum: 64 }, "a whole number from 1 to 64"],
  [{ type: "number", minimum: 0 }, "a number of at least 0"],
  [{ type: "number", exclusiveMinimum: 0, maximum: 1 }, "a number above 0 and of at most 1"],
  [{ type: "number", exclusiveMaximum: 1 }, "a number below 1"],
  [{ type: "integer", multipleOf: 2 }, "a whole number that is a multiple of 2"],
  [{ type: ["number", "null"], minimum: 0, maximum: 1 }, "a number from 0 to 1 or null"],
  [{ type: "string" }, "text"],
  [{ type: "string", minLength: 1 }, "text that is not empty"],
  [{ type: "string", maxLength: 9 }, "text of 0 to 9 characters"],
  [{ type: "string", pattern: "^a$" }, "text that matches ^a$"],
  [{ type: "string", pattern: "^a$", $comment: "the letter a" }, "the letter a"],
  [{ type: "boolean" }, "true or false"],
  [{ type: ["object", "boolean"], not: { const: true } }, "a map of keys or false"],
  [{ const: 3 }, "3"],
  [{ type: "string", enum: ["a"] }, "a"],
  [{ type: "string", enum: ["a", "b"] }, "a or b"],
  [{ enum: ["a", "b", null] }, "one of a, b, null"],
  [{ type: "array" }, "a list of values"],
  [
    { type: "array", items: { type: "string" }, uniqueItems: true },
    "a list of texts, none of them twice",
  ],
  [
    { type: "array", minItems: 1, items: { type: "integer", minimum: 1 } },
    "a non-empty list of whole numbers of at least 1",
  ],
  [
    { type: "array", minItems: 2, items: { type: ["string", "number"] } },
    "a list of at least 2 texts or numbers",
  ],
  [{ type: "array", maxItems: 3, items: { type: "number" } }, "a list of 0 to 3 numbers"],
  [{ type: "array", items: { enum: ["a", "b", "c"] } }, "a list of items, each one of a, b, c"],
  [{ type: ["array", "null"], items: { type: "string" } }, "null or a list of texts"],
  [
    {
      anyOf: [
        { type: "string", enum: ["a", "b"] },
        { type: "array", minItems: 1, items: { type: "string", enum: ["a", "b"] } },
      ],
    },
    "a or b, or a non-empty list of such values",
  ],
  [{ oneOf: [{ type: "integer" }, { type: "null" }] }, "a whole number or null"],
])("%j is %s", (schema, words) => {
  expect(describeAllowed(schema)).toBe(words);
});

test.each<[unknown, string]>([
  ["a", '"a"'],
  ["x".repeat(100), `"${"x".repeat(60)}…"`],
  [1.5, "1.5"],
  [NaN, "NaN"],
  [null, "null"],
  [false, "false"],
  [[1, "a"], '[1,"a"]'],
  [Array.from({ length: 100 }, () => 1), "a list of 100"],
  [{}, "an empty map"],
  [{ a: 1 }, "a map with the key a"],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, "a map with the keys a, b, c, d, e, …"],
])("%j is shown as %s", (value, text) => {
  expect(showValue(value)).toBe(text);
});
